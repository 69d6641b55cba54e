import { Body, Controller, Get, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { Call } from '#contracts/access/call.js';
import { dateAt } from '#calendar/civil-time.js';
import { systemClock } from '#kernel/clock.js';
import { Refusal } from '#kernel/refusal.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { QuestionRoute } from '#platform/hosting/route.js';
import { ChoiceField, CountField, DateField, LineField, LinesField, PartsField } from '#platform/service/fields.js';
import { begunMonth } from './month.js';
import { PrivacyRecords, type LogReview } from './privacy-records.js';

export class TrainedStaffBody {
  @LineField({ max: 60, description: '役割' }) role: string;
  @CountField({ min: 0, max: 999 }) people: number;
  @CountField({ min: 0, max: 999, description: '研修修了者' }) trained: number;
}

export class MediumBody {
  @LineField({ max: 60, description: '媒体番号' }) mediumNumber: string;
  @LineField({ max: 60, description: '種類' }) kind: string;
  @ChoiceField({ of: ['保管中', '持出し中', '返却済', '廃棄済'] }) state: string;
}

export class SupplierBody {
  @LineField({ max: 100, description: '再委託先の名称' }) supplier: string;
  @LineField({ max: 200, description: '業務' }) task: string;
  @LineField({ max: 60, description: '市の許可の番号: nothing is subcontracted without. (P19)' })
  permissionNumber: string;
}

export class PrivacyRecordBody {
  @PartsField(() => TrainedStaffBody, { max: 20, optional: true }) staff?: TrainedStaffBody[];
  @PartsField(() => MediumBody, { max: 200, optional: true, description: 'Empty: there is none.' })
  media?: MediumBody[];
  @PartsField(() => SupplierBody, { max: 50, optional: true, description: 'Empty: there is none.' })
  subcontracting?: SupplierBody[];
  @LinesField({ max: 20, length: 500, optional: true, description: '特記事項. No personal data.' }) remarks?: string[];
}

export class PrivacyRecordAnswer extends PrivacyRecordBody {
  @ApiProperty({ example: '2025-07' }) month: string;
  @ApiProperty({ type: 'integer', description: '0: nobody has recorded anything.' }) version: number;
}

export class LogReviewBody {
  @DateField() reviewedOn: string;
  @CountField({ min: 1, max: 100_000, description: '抽出した件数' }) sampled: number;
  @CountField({ min: 0, max: 100_000, description: '指摘の件数' }) findings: number;
  @LineField({ max: 500, optional: true, description: 'とった措置; required with findings. No personal data.' })
  measures?: string;
}

export class LogReviewAnswer {
  @ApiProperty({ format: 'uuid' }) reviewId: string;
  @ApiProperty({ format: 'date' }) reviewedOn: string;
  @ApiProperty({ type: 'integer' }) sampled: number;
  @ApiProperty({ type: 'integer' }) findings: number;
  @ApiProperty({ type: String, nullable: true }) measures: string | null;
  @ApiProperty({ description: 'The account that signs.' }) reviewedBy: string;
}

const MONTH_PROBLEMS = { 404: ['not-found'], 409: ['future-day'] } as const;

/** What 様式１ says beside the logs: training, media, subcontracting, and the review of the access log. (R047, P05, P08, P19) */
@ApiTags('reports')
@Controller('reports/privacy')
export class PrivacyRecordHttp {
  constructor(@Inject(PrivacyRecords) private readonly records: PrivacyRecords) {}

  @Post('log-reviews')
  @ApiOperation({ summary: 'アクセスログの点検: who looked, at how many, and what came of it' })
  @QuestionRoute(LogReviewAnswer, { 409: ['future-day'], 422: ['more-findings-than-sampled', 'measures-missing'] })
  review(@Body() { measures, ...body }: LogReviewBody, @CurrentCall() { caller }: Call): Promise<LogReview> {
    const today = dateAt(systemClock.now());
    if (body.reviewedOn > today) throw new Refusal('future-day', 'conflict', 'この日はまだ来ていません。', { today });
    return this.records.review({ ...body, measures: measures ?? null, reviewedBy: caller.accountId });
  }

  @Get(':month')
  @ApiOperation({ summary: 'What is recorded of a month, `2025-07`' })
  @QuestionRoute(PrivacyRecordAnswer, MONTH_PROBLEMS)
  async read(@Param('month') month: string): Promise<PrivacyRecordAnswer> {
    begunMonth(month, dateAt(systemClock.now()));
    const { version, record } = await this.records.of(month);
    return { ...(record as PrivacyRecordBody), month, version };
  }

  @Put(':month')
  @ApiOperation({ summary: 'Records it in the place of what was recorded before, which is kept as a version' })
  @QuestionRoute(PrivacyRecordAnswer, { ...MONTH_PROBLEMS, 422: ['more-trained-than-people'] })
  async save(
    @Param('month') month: string,
    @Body() body: PrivacyRecordBody,
    @CurrentCall() { caller }: Call,
  ): Promise<PrivacyRecordAnswer> {
    begunMonth(month, dateAt(systemClock.now()));
    const impossible = body.staff?.find(({ people, trained }) => trained > people);
    if (impossible !== undefined) {
      const message = '研修修了者が人数を超えています。';
      throw new Refusal('more-trained-than-people', 'unprocessable', message, { role: impossible.role });
    }
    // As it will be read back: plain, without the classes of the body
    const record = JSON.parse(JSON.stringify(body)) as PrivacyRecordBody;
    const version = await this.records.save(month, record, caller.accountId);
    return { ...record, month, version };
  }
}
