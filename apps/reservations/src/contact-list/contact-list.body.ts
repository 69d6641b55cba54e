import { ApiProperty } from '@nestjs/swagger';
import { ChoiceField, IdField } from '#platform/service/fields.js';
import { ApplicantAnswer } from '../person/disclosure.body.js';
import type { ContactResult } from './contact-list.decider.js';

export const CONTACT_RESULTS = ['absent', 'voicemail', 'told', 'toldFamily', 'express'] as const;

export class AttemptBody {
  @IdField() reservationId: string;
  @ChoiceField({ of: CONTACT_RESULTS, description: '不在・留守電・本人に伝達・家族に伝言・速達' })
  result: ContactResult;
}

export class ContactListSummary {
  @ApiProperty({ format: 'uuid' }) contactListId: string;
  @ApiProperty({ format: 'uuid' }) sessionId: string;
  @ApiProperty({ enum: ['calledOff', 'dates', 'venue'] }) cause: string;
  @ApiProperty({ format: 'date-time' }) startedAt: string;
  @ApiProperty({ format: 'date', description: 'The first class: the sooner, the more urgent.' }) firstDate: string;
  @ApiProperty({ type: 'integer' }) persons: number;
  @ApiProperty({ type: 'integer', description: 'Told, or written to by express.' }) reached: number;
}

export class ContactListsAnswer {
  @ApiProperty({ type: [ContactListSummary] }) contactLists: ContactListSummary[];
}

export class ContactEntry {
  @ApiProperty({ format: 'uuid' }) reservationId: string;
  @ApiProperty({ type: [String], enum: CONTACT_RESULTS }) attempts: string[];
  @ApiProperty() reached: boolean;
  @ApiProperty({ enum: ['active', 'cancelled'] }) state: string;
  @ApiProperty({ type: ApplicantAnswer, required: false, description: 'Absent once erased.' })
  applicant?: ApplicantAnswer;
}

export class ContactListAnswer extends ContactListSummary {
  @ApiProperty({ type: [ContactEntry] }) entries: ContactEntry[];
}

export class AttemptAnswer {
  @ApiProperty({ format: 'uuid' }) contactListId: string;
  @ApiProperty({ format: 'uuid' }) reservationId: string;
}
