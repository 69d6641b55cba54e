import { ApiProperty } from '@nestjs/swagger';
import {
  ChoiceField,
  CountField,
  DateField,
  FlagField,
  LineField,
  NumberField,
  PartField,
  PartsField,
  PatternField,
  TimeField,
} from '#platform/service/fields.js';

export const CARD_STOCKS = ['postalCard', 'stamped', 'paidSeparately', 'paidLater'] as const;
export type CardStock = (typeof CARD_STOCKS)[number];

const millimetres = { min: -20, max: 20 };

export class LeadBody {
  @PatternField({
    pattern: '^\\d{1,7}$',
    max: 7,
    optional: true,
    description: 'The beginning of a postcode; absent: everywhere.',
  })
  destination?: string;
  @CountField({ min: 0, max: 60, description: 'Calendar days from posting to delivery.' }) days: number;
}

export class OfficeBody {
  @LineField({ max: 60 }) name: string;
  @TimeField({ description: '差出締切時刻' }) cutOff: string;
  @PartsField(() => LeadBody, { min: 1, max: 100 }) leads: LeadBody[];
}

export class SafetyBody {
  @DateField() from: string;
  @DateField() to: string;
  @CountField({ min: 0, max: 60 }) days: number;
  @LineField({ max: 200 }) reason: string;
}

export class DayBody {
  @DateField() date: string;
  @FlagField() open: boolean;
  @LineField({ max: 200 }) reason: string;
}

export class SenderBody {
  @LineField({ max: 100 }) name: string;
  @LineField({ max: 100, optional: true }) section?: string;
  @PatternField({ pattern: '^\\d{7}$', max: 7 }) postalCode: string;
  @LineField({ max: 100 }) address: string;
}

export class FrameBody {
  @FlagField({ description: 'False on cards that have it printed.' }) drawn: boolean;
  @NumberField(millimetres) right: number;
  @NumberField(millimetres) top: number;
}

export class ShiftBody {
  @NumberField(millimetres) right: number;
  @NumberField(millimetres) down: number;
}

/** All of it, from a day on. Nothing has a silent default. (requirements §4.5, §8.4, §8.5) */
export class PostingSettingsBody {
  @DateField() validFrom: string;
  @LineField({ max: 60, optional: true }) agreementNumber?: string;
  @CountField({ min: 0, max: 60, description: '約１週間前: 7' }) daysAhead: number;
  @CountField({ min: 0, max: 60, description: 'Business days.' }) approveAhead: number;
  @CountField({ min: 0, max: 60, description: 'Business days.' }) freezeAhead: number;
  @TimeField() batchAt: string;
  @PartsField(() => OfficeBody, { min: 1, max: 10 }) offices: OfficeBody[];
  @PartsField(() => SafetyBody, { max: 50 }) safety: SafetyBody[];
  @PartsField(() => DayBody, { max: 400 }) deskDays: DayBody[];
  @PartsField(() => DayBody, { max: 400 }) deliveryDays: DayBody[];
  @CountField({ min: 1, max: 10_000 }) cardYen: number;
  @CountField({ min: 1, max: 10_000, optional: true, description: '速達' }) expressYen?: number;
  @ChoiceField({ of: CARD_STOCKS }) cardStock: CardStock;
  @PartField(() => SenderBody, { description: '差出人・返還先' }) sender: SenderBody;
  @LineField({ max: 200, description: 'Whom to call, as printed.' }) reception: string;
  @PartField(() => FrameBody, { optional: true }) frame?: FrameBody;
  @PartField(() => ShiftBody, { optional: true }) shift?: ShiftBody;
  @LineField({ max: 60, optional: true, description: 'A single supervisor may approve an own batch on a second look.' })
  singleSupervisorAgreement?: string;
}

export class PostingSettingsAnswer {
  @ApiProperty({ type: [PostingSettingsBody], description: 'Oldest first.' }) versions: PostingSettingsBody[];
  @ApiProperty({ type: PostingSettingsBody, required: false, description: 'In force today.' })
  inForce?: PostingSettingsBody;
}

export class SettingsAgreed {
  @ApiProperty({ format: 'date' }) validFrom: string;
}
