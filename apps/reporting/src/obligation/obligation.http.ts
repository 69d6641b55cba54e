import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { Call } from '#contracts/access/call.js';
import { dateAt } from '#calendar/civil-time.js';
import { systemClock } from '#kernel/clock.js';
import { Refusal } from '#kernel/refusal.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { QuestionRoute } from '#platform/hosting/route.js';
import { ChoiceField, DateField, LineField, PatternField } from '#platform/service/fields.js';
import { complaints } from '../inquiry/inquiries-asked.row.js';
import { Ledger } from '../query/ledger-reading.js';
import { plannedTerms } from '../report/report-terms.js';
import { obligationsOf } from './obligation.policy.js';
import { standingOf, type Standing } from './standing.policy.js';
import { Submissions } from './submissions.js';

export class ObligationsQuery {
  @DateField({ optional: true, description: 'The day to look from; today when absent.' }) on?: string;
}

export class SubmissionAnswer {
  @ApiProperty({ format: 'uuid' }) submissionId: string;
  @ApiProperty() obligationId: string;
  @ApiProperty() sha256: string;
  @ApiProperty() fileName: string;
  @ApiProperty({ format: 'date' }) submittedOn: string;
  @ApiProperty({ description: 'How it was handed over.' }) medium: string;
}

export class ObligationAnswer {
  @ApiProperty({ description: '`tally/<termId>`: the same however often it is computed.' }) obligationId: string;
  @ApiProperty() kind: string;
  @ApiProperty() title: string;
  @ApiProperty({ required: false }) termId?: string;
  @ApiProperty({ format: 'date', description: '提出期限 by the rule.' }) deadline: string;
  @ApiProperty({ format: 'date', description: 'The last business day by then.' }) dueOn: string;
  @ApiProperty({ type: [String] }) remindOn: string[];
  @ApiProperty() rule: string;
  @ApiProperty({ type: [String] }) reasons: string[];
  @ApiProperty({ enum: ['submitted', 'overdue', 'dueToday', 'reminded', 'open'] }) state: string;
  @ApiProperty({ type: [SubmissionAnswer] }) submissions: SubmissionAnswer[];
}

export class ObligationsAnswer {
  @ApiProperty({ format: 'date' }) on: string;
  @ApiProperty({ type: [ObligationAnswer] }) obligations: ObligationAnswer[];
}

export class SubmissionBody {
  @PatternField({ pattern: '^[a-z-]+/[0-9a-f-]{7,36}$', max: 80 }) obligationId: string;
  @PatternField({ pattern: '^[0-9a-f]{64}$', max: 64, description: 'SHA-256 of the file that was handed in.' })
  sha256: string;
  @LineField({ max: 200, description: 'No personal data.' }) fileName: string;
  @DateField() submittedOn: string;
  @ChoiceField({ of: ['media', 'email', 'paper', 'portal'] }) medium: string;
}

/** What the desk owes the city by when, and what it handed in. (R042, R047, R050–R052) */
@ApiTags('obligations')
@Controller('obligations')
export class ObligationHttp {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Submissions) private readonly submissions: Submissions,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Everything owed, by due day, with the reasons for each day' })
  @QuestionRoute(ObligationsAnswer)
  async list(@Query() { on = dateAt(systemClock.now()) }: ObligationsQuery): Promise<ObligationsAnswer> {
    const owed = await this.owed(on);
    return {
      on,
      obligations: owed.map((one) => ({
        ...one,
        remindOn: [...one.remindOn],
        reasons: [...one.reasons],
        submissions: [...one.submissions],
      })),
    };
  }

  @Post('submissions')
  @ApiOperation({ summary: 'Records that a file was handed in; the same again is the same' })
  @QuestionRoute(SubmissionAnswer, { 404: ['not-found'], 409: ['future-day'] })
  async submit(@Body() body: SubmissionBody, @CurrentCall() { caller }: Call): Promise<SubmissionAnswer> {
    const today = dateAt(systemClock.now());
    if (body.submittedOn > today) {
      throw new Refusal('future-day', 'conflict', 'まだ来ていない日の提出は記録できません。', { today });
    }
    if (!(await this.owed(today)).some(({ obligationId }) => obligationId === body.obligationId)) {
      throw new Refusal('not-found', 'not-found', 'There is no such obligation; see GET /obligations.');
    }
    return this.submissions.record(body, caller.accountId);
  }

  private async owed(on: string): Promise<Standing[]> {
    const { terms, raised } = await this.ledger.read(undefined, async (reading) => ({
      terms: await plannedTerms(reading),
      raised: await reading.ask(complaints),
    }));
    const owed = obligationsOf(
      terms,
      raised.map((row) => ({ complaintId: String(row['complaint_id']), raisedOn: String(row['day']) })),
    );
    return standingOf(owed, await this.submissions.all(), on);
  }
}
