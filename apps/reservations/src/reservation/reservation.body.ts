import { ApiProperty } from '@nestjs/swagger';
import {
  ChoiceField,
  CodeField,
  IdField,
  InstantField,
  LineField,
  PartField,
  PartsField,
  PatternField,
  TextField,
} from '#platform/service/fields.js';
import { ApplicantBody, ApplicantCorrectionBody } from '../person/applicant.body.js';
import type { DuplicateDecision } from './reservation.commands.js';

export const CHANNELS = ['telephone', 'relay', 'fax', 'proxyCall', 'city', 'paper'] as const;
type Channel = (typeof CHANNELS)[number];

export class AttendeeBody {
  @IdField({ optional: true }) personId?: string;
  @PartField(() => ApplicantBody, { optional: true }) applicant?: ApplicantBody;
  @ChoiceField({ of: ['samePerson', 'household', 'different'], optional: true }) duplicateDecision?: DuplicateDecision;
}

export class ProxyBody {
  @LineField({ max: 100 }) name: string;
  @LineField({ max: 40, description: '続柄' }) relation: string;
  @PatternField({ pattern: '^[+＋]?[0-9０-９()（）\\-－−‐ー 　]{9,24}$', max: 25 }) phoneNumber: string;
}

/** How the wish reached the desk. (§8.11, §8.17) */
export class OriginBody {
  @ChoiceField({ of: CHANNELS, optional: true, description: 'telephone unless given' }) channel?: Channel;
  @InstantField({ optional: true, description: 'When a fax or a paper form arrived.' }) receivedAt?: string;
  @IdField({ optional: true }) callId?: string;
}

export class ReservationBody extends OriginBody {
  @IdField() sessionId: string;
  @IdField({ optional: true }) holdId?: string;
  @PartsField(() => AttendeeBody, { min: 1, max: 4 }) attendees: AttendeeBody[];
  @PartField(() => ProxyBody, { optional: true }) proxy?: ProxyBody;
  @IdField({ optional: true }) offerId?: string;
}

export class MoveBody extends OriginBody {
  @IdField() toSessionId: string;
  @IdField({ optional: true }) holdId?: string;
}

export class CancelBody extends OriginBody {
  @CodeField({ description: 'illness, schedule, tooFar, calledOff, other, …' }) reasonCode: string;
  @TextField({ max: 1_000, optional: true, description: 'Sealed.' }) note?: string;
}

export class CorrectionBody extends ApplicantCorrectionBody {
  @ChoiceField({ of: CHANNELS, optional: true }) channel?: Channel;
  @InstantField({ optional: true }) receivedAt?: string;
  @IdField({ optional: true }) callId?: string;
}

export class MadeReservation {
  @ApiProperty({ format: 'uuid' }) reservationId: string;
  @ApiProperty({ pattern: '^\\d{8}$' }) receiptNumber: string;
  @ApiProperty({ format: 'uuid' }) personId: string;
}

export class ReservationsMade {
  @ApiProperty({ type: [MadeReservation] }) reservations: MadeReservation[];
  @ApiProperty({ format: 'uuid' }) sessionId: string;
}

export class ReservationChanged {
  @ApiProperty({ format: 'uuid' }) reservationId: string;
  @ApiProperty({ format: 'uuid' }) sessionId: string;
  @ApiProperty({ pattern: '^\\d{8}$' }) receiptNumber: string;
  @ApiProperty({ type: 'integer', minimum: 1 }) revision: number;
}

export class ApplicantCorrectedAnswer {
  @ApiProperty({ format: 'uuid' }) reservationId: string;
  @ApiProperty({ type: 'integer', minimum: 1 }) personVersion: number;
  @ApiProperty({ type: [String], enum: ['name', 'kana', 'phoneNumber', 'address'] }) corrected: string[];
}

export class ReservationAnswer extends ReservationChanged {
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty({ type: 'integer', minimum: 1 }) personVersion: number;
  @ApiProperty({ enum: ['active', 'cancelled'] }) state: string;
  @ApiProperty({ format: 'uuid', required: false }) partyId?: string;
  @ApiProperty({ enum: CHANNELS }) channel: string;
}
