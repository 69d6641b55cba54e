import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import type { InquiryCategory } from '#contracts/inquiries/inquiry-category.js';
import {
  ChoiceField,
  CodeField,
  CountField,
  DateField,
  IdField,
  LineField,
  PartsField,
  TextField,
} from '#platform/service/fields.js';
import { StepAnswer } from '../escalation/escalation.body.js';
import { CATEGORIES } from '../inquiry/inquiry.body.js';
import { KeywordsField } from './keywords-field.js';

export class FaqTextBody {
  @ChoiceField({ of: CATEGORIES }) category: InquiryCategory;
  @TextField({ max: 1_000, description: '質問. Never about a person: it is read out to anyone.' }) question: string;
  @TextField({ max: 4_000, description: '回答' }) answer: string;
  @KeywordsField() keywords: string[] = [];
  @DateField({ optional: true }) validFrom?: string;
  @DateField({ optional: true }) validTo?: string;
  @DateField({ optional: true, description: '見直し日 (R019)' }) reviewBy?: string;
}

export class DraftFaqBody extends FaqTextBody {
  @LineField({ max: 60, optional: true, description: '番号; given by the desk where absent.' }) faqNo?: string;
  @IdField({ optional: true, description: 'The unlisted question that it answers.' }) unlistedTopicId?: string;
}

export class VersionBody {
  @CountField({ min: 1, max: 99_999, description: 'The version that was read.' }) version: number;
}

export class SendBackBody extends VersionBody {
  @CodeField() reasonCode: string;
}

export class RetireBody {
  @CodeField({ description: 'outdated, merged, …' }) reasonCode: string;
}

export class ReviewBody {
  @DateField({ description: 'When it is looked at again.' }) reviewBy: string;
}

export class ReadVersion extends VersionBody {
  @IdField() faqId: string;
}

export class PublishManyBody {
  @PartsField(() => ReadVersion, { min: 1, max: 2_000 }) entries: ReadVersion[];
}

export class FaqChanged {
  @ApiProperty({ format: 'uuid' }) faqId: string;
  @ApiProperty({ type: 'integer', description: 'The last version that was written.' }) version: number;
  @ApiProperty({ type: 'integer', required: false, description: 'The version that is answered.' })
  publishedVersion?: number;
  @ApiProperty({ description: 'Waits for a supervisor who did not write it.' }) waiting: boolean;
  @ApiProperty() retired: boolean;
}

export class ManyPublished {
  @ApiProperty({ type: 'integer' }) published: number;
}

export class SearchFaqBody {
  @LineField({ max: 200, description: 'Words, or parts of words.' }) text: string;
  @ChoiceField({ of: CATEGORIES, optional: true }) category?: InquiryCategory;
  @CountField({ min: 1, max: 50, optional: true }) limit?: number;
}

export class FaqListQuery {
  @ChoiceField({ of: ['published', 'waiting', 'retired'], optional: true }) state?: 'published' | 'waiting' | 'retired';
  @ChoiceField({ of: CATEGORIES, optional: true }) category?: InquiryCategory;
  @ChoiceField({ of: ['true'], optional: true, description: 'Only what has to be looked at again by today.' })
  toReview?: 'true';
  @Type(() => Number)
  @CountField({ min: 1, max: 2_000, optional: true })
  limit?: number;
  @IdField({ optional: true, description: '`next` of the list before.' }) after?: string;
}

export class FaqLine extends FaqTextBody {
  @ApiProperty({ format: 'uuid' }) faqId: string;
  @ApiProperty() faqNo: string;
  @ApiProperty({ type: 'integer' }) version: number;
  @ApiProperty({ enum: ['published', 'waiting', 'sentBack', 'retired'] }) state: string;
  @ApiProperty({ enum: ['city', 'desk'] }) source: string;
}

export class FaqListAnswer {
  @ApiProperty({ type: [FaqLine] }) entries: FaqLine[];
  @ApiProperty({ format: 'uuid', required: false }) next?: string;
}

export class FaqHit extends FaqLine {
  @ApiProperty() score: number;
}

export class FaqHitsAnswer {
  @ApiProperty({ type: [FaqHit], description: 'What is answered today, the best first.' }) hits: FaqHit[];
}

export class FaqVersionAnswer extends FaqLine {
  @ApiProperty({ format: 'date-time' }) writtenAt: string;
}

export class FaqStepAnswer extends StepAnswer {
  @ApiProperty({ type: 'integer', required: false }) version?: number;
}

export class FaqAnswer extends FaqChanged {
  @ApiProperty({ type: [FaqVersionAnswer], description: 'The oldest first.' }) versions: FaqVersionAnswer[];
  @ApiProperty({ type: [FaqStepAnswer] }) steps: FaqStepAnswer[];
}

export class CandidateWeek {
  @ApiProperty({ format: 'date', description: 'Its Monday.' }) from: string;
  @ApiProperty({ type: 'integer' }) timesAsked: number;
}

export class FaqCandidate {
  @ApiProperty({ format: 'uuid' }) unlistedTopicId: string;
  @ApiProperty({ required: false, description: 'What was asked; absent once erased.' }) words?: string;
  @ApiProperty({ enum: CATEGORIES }) category: string;
  @ApiProperty({ type: 'integer' }) timesAsked: number;
  @ApiProperty({ description: 'Asked often enough to be answered. (R019)' }) candidate: boolean;
  @ApiProperty({ format: 'uuid', required: false, description: 'The draft that answers it.' }) faqId?: string;
  @ApiProperty({ type: [CandidateWeek] }) weeks: CandidateWeek[];
}

export class CandidatesQuery {
  @IdField({ optional: true, description: 'The term of today unless given.' }) termId?: string;
}

export class CandidatesAnswer {
  @ApiProperty({ format: 'uuid' }) termId: string;
  @ApiProperty({ type: [FaqCandidate], description: 'What is asked most first.' }) candidates: FaqCandidate[];
}
