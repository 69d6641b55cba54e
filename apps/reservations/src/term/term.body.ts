import {
  CountField,
  DateField,
  FlagField,
  LineField,
  ChoicesField,
  PartField,
  PartsField,
  TextField,
  TimeField,
} from '#platform/service/fields.js';
import { ApiProperty } from '@nestjs/swagger';
import { READINESS_ITEMS } from '#contracts/reservations/term.events.js';
import type { ReadinessItem } from './term.decider.js';

export class PeriodBody {
  @DateField() from: string;
  @DateField() to: string;
}

export class BookableClassesBody {
  @DateField() from: string;
  @DateField({ optional: true }) to?: string;
}

export class ReceptionExceptionBody {
  @DateField() date: string;
  @FlagField() open: boolean;
  @LineField({ max: 60, optional: true }) agreementNumber?: string;
}

export class ReceptionBody {
  @DateField() from: string;
  @DateField() to: string;
  @TimeField() opensAt: string;
  @TimeField() closesAt: string;
  @PartsField(() => ReceptionExceptionBody, { max: 60, optional: true }) exceptions: ReceptionExceptionBody[] = [];
}

const ASKED = ['phoneNumber', 'postalCode', 'ward', 'building', 'roomNumber'] as const;

export class IntakeFormBody {
  @CountField({ min: 1, max: 9_999 }) version: number;
  @ChoicesField({ of: ASKED, max: ASKED.length }) requiredFields: string[];
}

/** A term (期) as it is planned or as it is from now on. (R023–R026, §8.13) */
export class TermBody {
  @CountField({ min: 2_000, max: 2_999 }) fiscalYear: number;
  @CountField({ min: 1, max: 99 }) termNo: number;
  @LineField({ max: 200 }) title: string;
  @PartField(() => ReceptionBody) reception: ReceptionBody;
  @PartField(() => BookableClassesBody) bookableClasses: BookableClassesBody;
  @PartField(() => PeriodBody) dispatchWindow: PeriodBody;
  @TextField({ max: 1_000, optional: true, description: '閉設後連絡先: an office, never a person.' })
  contactAfterClosing?: string;
  @PartField(() => IntakeFormBody, { optional: true }) intakeForm?: IntakeFormBody;
  @LineField({ max: 60, optional: true }) agreementNumber?: string;
}

export class TermChanged {
  @ApiProperty({ format: 'uuid' }) termId: string;
  @ApiProperty({ enum: ['planned', 'open', 'closed', 'erased'] }) state: string;
}

export class ReadinessBody {
  @ChoicesField({
    of: READINESS_ITEMS,
    min: 1,
    max: READINESS_ITEMS.length,
    description: '受付記録様式・FAQ・研修・カレンダー・様式',
  })
  items: ReadinessItem[];
  @FlagField({ optional: true, description: 'True unless it was found not to be ready.' }) ready: boolean = true;
  @LineField({ max: 60, optional: true, description: 'Under which the paper of it is kept.' }) reference?: string;
}

export class ReadinessAnswer {
  @ApiProperty({ enum: READINESS_ITEMS }) item: string;
  @ApiProperty() ready: boolean;
  @ApiProperty({ format: 'uuid', required: false, description: 'Stands for the account; absent while nobody looked.' })
  checkedBy?: string;
  @ApiProperty({ format: 'date-time', required: false }) checkedAt?: string;
  @ApiProperty({ required: false }) reference?: string;
}

export class TermAnswer extends TermBody {
  @ApiProperty({ format: 'uuid' }) termId: string;
  @ApiProperty({ enum: ['planned', 'open', 'closed', 'erased'] }) state: string;
  @ApiProperty({ type: [String], description: '開設日: the days of the reception by the calendar. (R023)' })
  openDays: string[];
  @ApiProperty({ type: [ReadinessAnswer], description: '開設準備: a term is opened when all are ready. (R039)' })
  readiness: ReadinessAnswer[];
}

export class TermsAnswer {
  @ApiProperty({ type: [TermAnswer] }) terms: TermAnswer[];
}
