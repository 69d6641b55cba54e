import { ApiProperty } from '@nestjs/swagger';
import {
  CodeField,
  CountField,
  DateField,
  IdField,
  LineField,
  PartsField,
  TextField,
  TimeField,
} from '#platform/service/fields.js';
import { Trimmed } from '#platform/service/trimmed.js';

export class SessionDateBody {
  @DateField() date: string;
  @TimeField() startsAt: string;
  @TimeField() endsAt: string;
  @TimeField({ optional: true, description: '受付開始時刻, printed on the card of a consultation slot.' })
  receptionStartsAt?: string;
}

/** A class session (開催回) as the city's list has it. (R011) */
export class SessionBody {
  @IdField() termId: string;
  @Trimmed() @LineField({ max: 60, description: 'The city’s number of the session.' }) sessionCode: string;
  @Trimmed()
  @LineField({ max: 60, optional: true, description: 'The consultation day (相談会) that this slot belongs to.' })
  eventCode?: string;
  @IdField() courseId: string;
  @IdField() venueId: string;
  @PartsField(() => SessionDateBody, { min: 1, max: 20 }) dates: SessionDateBody[];
  @CountField({ min: 0, max: 9_999 }) capacity: number;
}

export class SessionRevisionBody extends SessionBody {
  @CountField({ min: 0, max: 9_999, optional: true, description: 'How many affected bookings have been seen. (§8.14)' })
  confirmAffected?: number;
  @LineField({ max: 60, optional: true }) agreementNumber?: string;
}

export class EndingBody {
  @TextField({ max: 500 }) reason: string;
  @CodeField({ optional: true }) reasonCode?: string;
}

export class CallOffBody extends EndingBody {
  @LineField({ max: 60, optional: true, description: '市の指示番号' }) instructionNumber?: string;
}

export class RaiseCapacityBody {
  @CountField({ min: 1, max: 9_999 }) capacity: number;
  @TextField({ max: 500 }) reason: string;
  @LineField({ max: 60 }) agreementNumber: string;
}

const STATES = ['open', 'closed', 'calledOff'] as const;

export class SessionChanged {
  @ApiProperty({ format: 'uuid' }) sessionId: string;
  @ApiProperty({ enum: STATES }) state: string;
  @ApiProperty({ required: false, type: 'integer' }) seatsLeft?: number;
  @ApiProperty({ required: false, format: 'uuid', description: 'The 一斉連絡 that this started.' })
  contactListId?: string;
}

export class SessionAnswer extends SessionBody {
  @ApiProperty({ format: 'uuid' }) sessionId: string;
  @ApiProperty({ enum: STATES }) state: string;
}
