import { ApiProperty, PartialType } from '@nestjs/swagger';
import {
  ChoiceField,
  DateField,
  FlagField,
  IdField,
  LineField,
  PartField,
  PartsField,
  PatternField,
  CountField,
} from '#platform/service/fields.js';
import { ReservationAnswer } from '../reservation/reservation.body.js';
import { ApplicantBody } from './applicant.body.js';

/** A code of why, for the access log: `change`, `roster-print`. Never what was typed. */
const PURPOSE = '^[A-Za-z][A-Za-z0-9-]{0,59}$';

/** By one of the four; all that are given must fit. Bodies only: no personal data in an address (design §6). */
export class SearchBody {
  @LineField({ max: 25, optional: true }) phoneNumber?: string;
  @LineField({ max: 80, optional: true, description: 'The name or its beginning, family name first.' }) kana?: string;
  @LineField({ max: 20, optional: true }) receiptNumber?: string;
  @IdField({ optional: true }) sessionId?: string;
  @PatternField({ pattern: PURPOSE, max: 60 }) purpose: string;
}

export class SearchHit extends ReservationAnswer {
  @ApiProperty({ description: 'タ＊＊＊ ハ＊＊: masked until the caller is verified.' }) maskedName: string;
}

export class SearchAnswer {
  @ApiProperty({ type: [SearchHit] }) reservations: SearchHit[];
  @ApiProperty({ description: 'There are more than are shown: ask more exactly.' }) more: boolean;
  @ApiProperty({ description: '照会制限: something is only for the supervisor to see.' }) restricted: boolean;
}

export class SpokenBody {
  @LineField({ max: 80, optional: true }) givenNameKana?: string;
  @LineField({ max: 20, optional: true }) receiptNumber?: string;
  @LineField({ max: 60, optional: true }) addressBlock?: string;
  @LineField({ max: 25, optional: true }) phoneNumber?: string;
  @DateField({ optional: true }) classDate?: string;
  @LineField({ max: 100, optional: true }) proxyName?: string;
}

export class TellBody {
  @ChoiceField({ of: ['person', 'proxy'] }) requester: 'person' | 'proxy';
  @PartField(() => SpokenBody) spoken: SpokenBody;
}

export class ApplicantAnswer extends PartialType(ApplicantBody) {}

export class TellAnswer {
  @ApiProperty({ type: ReservationAnswer }) reservation: ReservationAnswer;
  @ApiProperty({ type: ApplicantAnswer }) applicant: ApplicantAnswer;
  @ApiProperty({ type: [String], description: 'What the caller knew.' }) passed: string[];
}

export class RestrictBody {
  @FlagField() restricted: boolean;
}

export class RestrictAnswer {
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty() restricted: boolean;
}

export class PersonVersionBody {
  @IdField() personId: string;
  @CountField({ min: 1, max: 1_000_000 }) version: number;
}

export class ResolveBody {
  @PartsField(() => PersonVersionBody, { min: 1, max: 500 }) persons: PersonVersionBody[];
  @PatternField({ pattern: PURPOSE, max: 60 }) purpose: string;
}

export class ResolvedPerson extends PersonVersionBody {
  @ApiProperty({ type: ApplicantAnswer }) applicant: ApplicantAnswer;
}

export class ResolveAnswer {
  @ApiProperty({ type: [ResolvedPerson] }) persons: ResolvedPerson[];
  @ApiProperty({ type: [String], description: 'Erased, or never there.' }) missing: string[];
}
