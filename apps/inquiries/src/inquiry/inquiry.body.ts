import { ApiProperty } from '@nestjs/swagger';
import { INQUIRY_CATEGORIES, TALLY_CATEGORIES, type InquiryCategory } from '#contracts/inquiries/inquiry-category.js';
import {
  ChoiceField,
  CountField,
  DateField,
  FlagField,
  IdField,
  InstantField,
  LineField,
  TextField,
} from '#platform/service/fields.js';

export const CATEGORIES = Object.keys(INQUIRY_CATEGORIES) as InquiryCategory[];
export const CHANNELS = ['telephone', 'relay', 'fax', 'proxyCall', 'city', 'paper'] as const;
export const OUTCOMES = ['answered', 'referred', 'declined', 'callback', 'escalated', 'complaint'] as const;

type Channel = (typeof CHANNELS)[number];

export class TallyBody {
  @ChoiceField({ of: TALLY_CATEGORIES, description: '会場・日時・内容・持ち物・対象・その他' })
  category: (typeof TALLY_CATEGORIES)[number];
  @IdField({ optional: true }) callId?: string;
  @ChoiceField({ of: CHANNELS, optional: true }) channel: Channel = 'telephone';
  @InstantField({ optional: true, description: 'When it was asked, if it is keyed in later. (§8.17)' })
  receivedAt?: string;
}

export class InquiryBody {
  @ChoiceField({ of: CATEGORIES, description: '分類' }) category: InquiryCategory;
  @ChoiceField({ of: OUTCOMES, description: '結果 (R036)' }) outcome: (typeof OUTCOMES)[number];
  @ChoiceField({ of: CHANNELS, optional: true }) channel: Channel = 'telephone';
  @InstantField({ optional: true, description: 'When it was asked, if it is keyed in later. (§8.17)' })
  receivedAt?: string;
  @IdField({ optional: true }) callId?: string;
  @IdField({ optional: true, description: 'The entry that answered it.' }) faqId?: string;
  @CountField({
    min: 1,
    max: 9_999,
    optional: true,
    description: 'The version read out; the published one unless given.',
  })
  faqVersion?: number;
  @LineField({
    max: 200,
    optional: true,
    description: '未掲載: what was asked, in a few words; no name. Sealed. (R019)',
  })
  unlisted?: string;
  @IdField({ optional: true, description: '未掲載, chosen from the questions that were asked before.' })
  unlistedTopicId?: string;
  @IdField({ optional: true }) sessionId?: string;
  @IdField({ optional: true }) venueId?: string;
  @IdField({ optional: true }) courseId?: string;
  @IdField({ optional: true }) reservationId?: string;
  @FlagField({ optional: true, description: '重要な記録: handed over to the city at the end. (R041)' })
  handover?: boolean;
  @TextField({ max: 2_000, optional: true, description: 'What was asked and answered. Sealed.' }) note?: string;
}

export class CorrectInquiryBody {
  @ChoiceField({ of: CATEGORIES }) category: InquiryCategory;
  @FlagField() handover: boolean;
}

export class InquiryChanged {
  @ApiProperty({ format: 'uuid' }) inquiryId: string;
}

export class InquiryAnswer extends InquiryChanged {
  @ApiProperty() firstContactResolution: boolean;
  @ApiProperty({ format: 'uuid', required: false }) unlistedTopicId?: string;
}

export class InquiryDaysQuery {
  @DateField() from: string;
  @DateField() to: string;
}

export class InquiryDay {
  @ApiProperty({ format: 'date' }) date: string;
  @ApiProperty({ enum: CATEGORIES }) category: string;
  @ApiProperty({ type: 'integer' }) recorded: number;
  @ApiProperty({ type: 'integer' }) tallied: number;
  @ApiProperty({ type: 'integer' }) resolvedAtFirstContact: number;
}

export class InquiryDaysAnswer {
  @ApiProperty({ type: [InquiryDay], description: '問い合わせ分類別件数, by day. (R040, R042)' }) days: InquiryDay[];
}

export class InquiriesQuery {
  @DateField() date: string;
  @ChoiceField({ of: CATEGORIES, optional: true }) category?: InquiryCategory;
}

export class InquiryLine extends InquiryChanged {
  @ApiProperty({ format: 'date-time' }) receivedAt: string;
  @ApiProperty({ enum: CATEGORIES }) category: string;
  @ApiProperty({ enum: ['recorded', 'tallied', 'undone'] }) stage: string;
  @ApiProperty({ enum: OUTCOMES, required: false }) outcome?: string;
  @ApiProperty() handover: boolean;
  @ApiProperty({ description: 'Whether there is a sealed note.' }) noted: boolean;
}

export class InquiriesAnswer {
  @ApiProperty({ type: [InquiryLine] }) inquiries: InquiryLine[];
}

export class InquiryNoteAnswer {
  @ApiProperty({ required: false, description: 'Absent where nothing was written, or it was erased.' }) note?: string;
}
