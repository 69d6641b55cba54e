import { ApiProperty } from '@nestjs/swagger';
import type { InquiryCategory } from '#contracts/inquiries/inquiry-category.js';
import { ChoiceField, ChoicesField, FlagField, IdField, InstantField, LineField, PartField, TextField } from '#platform/service/fields.js'; // prettier-ignore
import { ContactBody, StepAnswer } from '../escalation/escalation.body.js';
import { CATEGORIES, CHANNELS } from '../inquiry/inquiry.body.js';
import { CITY_CHECKLIST, COMPLAINT_PARTS, type CityPoint, type ComplaintPart } from './complaint.js';

const POINTS = Object.keys(CITY_CHECKLIST) as CityPoint[];
const PARTS = Object.keys(COMPLAINT_PARTS) as ComplaintPart[];
const CITY_MEANS = ['telephone', 'inPerson', 'fax'] as const;
const RESULTS = ['resolved', 'understood', 'takenOver', 'unreachable'] as const;

export class RaiseComplaintBody {
  @ChoiceField({ of: CATEGORIES }) category: InquiryCategory;
  @TextField({ max: 2_000, description: '要旨. Sealed.' }) words: string;
  @ChoiceField({ of: CHANNELS, optional: true }) channel: (typeof CHANNELS)[number] = 'telephone';
  @InstantField({ optional: true }) receivedAt?: string;
  @FlagField({ optional: true, description: 'The city has to act at once: it is told by telephone. (R044)' })
  urgent?: boolean;
  @PartField(() => ContactBody, { optional: true }) contact?: ContactBody;
  @IdField({ optional: true }) callId?: string;
  @IdField({ optional: true }) inquiryId?: string;
  @IdField({ optional: true }) reservationId?: string;
  @IdField({ optional: true }) sessionId?: string;
}

export class ToldToCityBody {
  @InstantField({ optional: true, description: 'Now unless given.' }) toldAt?: string;
  @ChoiceField({ of: CITY_MEANS }) means: (typeof CITY_MEANS)[number];
  @FlagField({ description: 'False: nobody was there; it is tried again.' }) reached: boolean;
  @ChoicesField({ of: POINTS, max: POINTS.length, description: 'What was told.' }) checklist: CityPoint[];
  @LineField({ max: 200, optional: true, description: 'Who of the city was told. Sealed.' }) who?: string;
  @TextField({ max: 2_000, optional: true, description: 'What was told and answered. Sealed.' }) what?: string;
}

export class ComplaintNoteBody {
  @ChoiceField({ of: PARTS, description: '対応経過・結果・再発防止・委託者への依頼' }) part: ComplaintPart;
  @TextField({ max: 4_000, description: 'Sealed.' }) text: string;
}

export class CloseComplaintBody {
  @ChoiceField({ of: RESULTS }) result: (typeof RESULTS)[number];
}

export class ComplaintChanged {
  @ApiProperty({ format: 'uuid' }) complaintId: string;
  @ApiProperty({ type: 'integer', description: '苦情 第○号' }) complaintNumber: number;
  @ApiProperty({ enum: ['raised', 'reported', 'closed'] }) state: string;
  @ApiProperty({ format: 'date-time', description: '翌営業日 16:00. (R043)' }) reportBy: string;
  @ApiProperty({ description: 'The city has to act at once. (R044)' }) urgent: boolean;
  @ApiProperty({ description: 'Urgent, and nobody of the city knows yet.' }) cityMustBeTold: boolean;
}

export class ComplaintLine extends ComplaintChanged {
  @ApiProperty({ enum: CATEGORIES }) category: string;
  @ApiProperty({ format: 'date-time' }) receivedAt: string;
  @ApiProperty() overdue: boolean;
  @ApiProperty({ format: 'date-time', required: false, description: 'The next thing is due.' }) dueAt?: string;
  @ApiProperty({ type: 'integer', required: false, description: 'From the flag to the city’s telephone.' })
  minutesToReach?: number;
  @ApiProperty({ required: false }) onTime?: boolean;
  @ApiProperty({ enum: RESULTS, required: false }) result?: string;
}

export class ComplaintsAnswer {
  @ApiProperty({ type: [ComplaintLine], description: 'What is due first stands first.' }) complaints: ComplaintLine[];
  @ApiProperty({ format: 'uuid', required: false }) next?: string;
}

export class ComplaintNoteAnswer {
  @ApiProperty({ enum: ['complaint', 'cityCall', ...PARTS] }) part: string;
  @ApiProperty({ format: 'date-time' }) writtenAt: string;
  @ApiProperty() text: string;
  @ApiProperty({ required: false }) who?: string;
}

export class CityPointAnswer {
  @ApiProperty({ enum: POINTS }) point: string;
  @ApiProperty() text: string;
}

export class ComplaintAnswer extends ComplaintLine {
  @ApiProperty({ type: [StepAnswer] }) steps: StepAnswer[];
  @ApiProperty({ type: [ComplaintNoteAnswer], description: 'Empty once erased.' }) notes: ComplaintNoteAnswer[];
  @ApiProperty({ type: ContactBody, required: false }) contact?: ContactBody;
  @ApiProperty({ type: [CityPointAnswer], description: 'What the city is told, in this order. (R044)' })
  checklist: CityPointAnswer[];
}
