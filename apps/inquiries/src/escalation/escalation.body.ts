import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import type { InquiryCategory } from '#contracts/inquiries/inquiry-category.js';
import {
  ChoiceField,
  CountField,
  FlagField,
  IdField,
  LineField,
  PartField,
  PatternField,
  TextField,
} from '#platform/service/fields.js';
import { CATEGORIES } from '../inquiry/inquiry.body.js';

export const MEANS = ['inbox', 'telephone', 'paper'] as const;
export const STATES = ['opened', 'confirmed', 'withCity', 'answered', 'closed'] as const;
export const CALL_RESULTS = ['absent', 'voicemail', 'told', 'toldFamily', 'wrongNumber'] as const;

/** Whom to call. Sealed. */
export class ContactBody {
  @LineField({ max: 100 }) name: string;
  @PatternField({ pattern: '^[+0-9０-９][0-9０-９() ‐－-]{8,19}$', max: 20 }) phoneNumber: string;
}

export class OpenEscalationBody {
  @ChoiceField({ of: CATEGORIES }) category: InquiryCategory;
  @TextField({ max: 1_000, description: 'As it is put to the city: it names nobody. Sealed.' }) question: string;
  @TextField({ max: 2_000, optional: true, description: 'For the desk only. Sealed.' }) background?: string;
  @FlagField({
    description: 'The caller waits for a call: with a contact, or at the registered number of a reservation.',
  })
  callbackWanted: boolean;
  @PartField(() => ContactBody, { optional: true }) contact?: ContactBody;
  @FlagField({ optional: true }) urgent?: boolean;
  @IdField({ optional: true }) inquiryId?: string;
  @IdField({ optional: true }) callId?: string;
  @IdField({ optional: true }) reservationId?: string;
  @IdField({ optional: true }) sessionId?: string;
  @IdField({ optional: true }) complaintId?: string;
}

export class SendToCityBody {
  @ChoiceField({ of: MEANS, description: 'inbox: the city reads and answers it here.' }) means: (typeof MEANS)[number];
}

export class AnswerBody {
  @TextField({ max: 2_000, description: '指示: what to tell the caller. Sealed.' }) instruction: string;
  @ChoiceField({ of: ['city', 'manager'] }) answeredBy: 'city' | 'manager';
  @ChoiceField({ of: MEANS }) means: (typeof MEANS)[number];
}

export class CityAnswerBody {
  @TextField({ max: 2_000, description: '回答・指示. Sealed.' }) instruction: string;
}

export class CallBackBody {
  @ChoiceField({ of: CALL_RESULTS, description: '不在・留守電・本人に伝達・家族に伝言・番号違い' })
  result: (typeof CALL_RESULTS)[number];
}

export class CloseEscalationBody {
  @ChoiceField({ of: ['told', 'answered', 'unreachable', 'withdrawn'] })
  result: 'told' | 'answered' | 'unreachable' | 'withdrawn';
}

export class EscalationChanged {
  @ApiProperty({ format: 'uuid' }) escalationId: string;
  @ApiProperty({ enum: STATES }) state: string;
  @ApiProperty({ type: 'integer', description: '照会票 第○号' }) sheetNumber: number;
  @ApiProperty({ format: 'date-time', required: false, description: 'The next step is due.' }) dueAt?: string;
}

export class StepAnswer {
  @ApiProperty({ description: 'The event: EscalationConfirmed, …' }) type: string;
  @ApiProperty({ format: 'date-time' }) at: string;
  @ApiProperty({ format: 'uuid', required: false, description: 'Stands for an account.' }) by?: string;
  @ApiProperty({ required: false }) result?: string;
}

export class EscalationLine extends EscalationChanged {
  @ApiProperty({ enum: CATEGORIES }) category: string;
  @ApiProperty() urgent: boolean;
  @ApiProperty() overdue: boolean;
  @ApiProperty() callbackWanted: boolean;
  @ApiProperty({ type: 'integer' }) attempts: number;
  @ApiProperty({ format: 'date-time' }) openedAt: string;
  @ApiProperty({ format: 'uuid', required: false }) sessionId?: string;
  @ApiProperty({ format: 'uuid', required: false }) reservationId?: string;
  @ApiProperty({ enum: ['told', 'answered', 'unreachable', 'withdrawn'], required: false }) result?: string;
}

export class EscalationsAnswer {
  @ApiProperty({ type: [EscalationLine], description: 'What is due first stands first.' })
  escalations: EscalationLine[];
  @ApiProperty({ format: 'uuid', required: false }) next?: string;
}

export class EscalationAnswer extends EscalationLine {
  @ApiProperty({ type: [StepAnswer] }) steps: StepAnswer[];
  @ApiProperty({ required: false, description: 'Absent once erased.' }) question?: string;
  @ApiProperty({ required: false }) background?: string;
  @ApiProperty({ required: false }) instruction?: string;
  @ApiProperty({ type: ContactBody, required: false }) contact?: ContactBody;
}

/** A question as the city reads it: it names nobody. */
export class CityQuestion {
  @ApiProperty({ format: 'uuid' }) escalationId: string;
  @ApiProperty({ type: 'integer' }) sheetNumber: number;
  @ApiProperty({ enum: CATEGORIES }) category: string;
  @ApiProperty() urgent: boolean;
  @ApiProperty({ enum: ['withCity', 'answered', 'closed'] }) state: string;
  @ApiProperty({ format: 'date-time', required: false }) askedAt?: string;
  @ApiProperty({ format: 'date-time', required: false }) answeredAt?: string;
  @ApiProperty({ format: 'date-time', required: false }) dueAt?: string;
  @ApiProperty({ required: false, description: 'Absent once erased.' }) question?: string;
  @ApiProperty({ required: false }) instruction?: string;
  @ApiProperty({ required: false }) sessionCode?: string;
  @ApiProperty({ required: false }) courseTitle?: string;
  @ApiProperty({ required: false }) venueName?: string;
}

export class CityQuestionsQuery {
  @Type(() => Number)
  @CountField({ min: 1, max: 500, optional: true })
  limit?: number;
  @IdField({ optional: true, description: '`next` of the list before.' }) after?: string;
}

export class CityQuestionsAnswer {
  @ApiProperty({ type: [CityQuestion], description: 'What waits for an answer first.' }) questions: CityQuestion[];
  @ApiProperty({ format: 'uuid', required: false }) next?: string;
}
