import { Body, Controller, Get, Headers, Inject, Patch, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Call, Caller } from '#contracts/access/call.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { CommandRoute, QuestionRoute } from '#platform/hosting/route.js';
import { Rows } from '#platform/hosting/rows.js';
import { Subscriptions } from '#platform/hosting/subscriptions.module.js';
import { CurrentCaller } from '#platform/service/caller.js';
import { WAIT_FOR_HEADER } from '#platform/subscription/position-token.js';
import { waitFor } from '#platform/subscription/wait-for.js';
import { Notes } from '../note/notes.js';
import { INQUIRY_BOOK, INQUIRY_BOOK_SCHEMA } from './inquiry-book.projector.js';
import {
  CorrectInquiryBody,
  InquiriesAnswer,
  InquiriesQuery,
  InquiryAnswer,
  InquiryBody,
  InquiryChanged,
  InquiryDaysAnswer,
  InquiryDaysQuery,
  InquiryNoteAnswer,
  TallyBody,
  type InquiryDay,
  type InquiryLine,
} from './inquiry.body.js';
import { CorrectInquiry, RecordInquiry, TallyInquiry, UndoTally } from './inquiry.commands.js';

/** What callers ask, with category and outcome; simple questions by one key. (R016, R036, R040) */
@ApiTags('inquiries')
@Controller('inquiries')
export class InquiriesHttp {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(Rows) private readonly rows: Rows,
    @Inject(Notes) private readonly notes: Notes,
    @Inject(Subscriptions) private readonly subscriptions: Subscriptions,
  ) {}

  @Post()
  @CommandRoute(InquiryAnswer, { 400: ['not-yet-received'], 409: ['no-term', 'not-published'], 410: ['term-erased'] }, 201) // prettier-ignore
  record(@CurrentCall() call: Call, @Body() body: InquiryBody) {
    return this.commands.execute(new RecordInquiry(call, body));
  }

  /** One key of the operator: 会場・日時・内容・持ち物・対象・その他. */
  @Post('tally')
  @CommandRoute(InquiryChanged, { 400: ['not-yet-received'], 409: ['no-term'] }, 201)
  tally(@CurrentCall() call: Call, @Body() body: TallyBody) {
    return this.commands.execute(new TallyInquiry(call, body));
  }

  /** The wrong key, taken back on the same day. */
  @Post(':inquiryId/undo')
  @CommandRoute(InquiryChanged, { 404: ['not-found'], 409: ['tally-closed'] })
  undo(@CurrentCall() call: Call, @IdParam('inquiryId') inquiryId: string) {
    return this.commands.execute(new UndoTally(call, inquiryId));
  }

  @Patch(':inquiryId')
  @CommandRoute(InquiryChanged, { 404: ['not-found'] })
  correct(@CurrentCall() call: Call, @IdParam('inquiryId') inquiryId: string, @Body() body: CorrectInquiryBody) {
    return this.commands.execute(new CorrectInquiry(call, inquiryId, body));
  }

  /** How many there were, by day and category. A tally that was taken back is in no count. */
  @Get('days')
  @QuestionRoute(InquiryDaysAnswer)
  async days(@Query() { from, to }: InquiryDaysQuery, @Headers(WAIT_FOR_HEADER) position?: string) {
    await this.upTo(position);
    const days = await this.rows.all<InquiryDay & Record<string, unknown>>(
      'inquiry-days',
      `select date::text, category, count(*) filter (where stage = 'recorded')::int as recorded,
         count(*) filter (where stage = 'tallied')::int as tallied,
         count(*) filter (where first_contact)::int as "resolvedAtFirstContact"
       from ${INQUIRY_BOOK_SCHEMA}.inquiry where date between $1 and $2 and stage <> 'undone'
       group by date, category order by date, category`,
      [from, to],
    );
    return { days } satisfies InquiryDaysAnswer;
  }

  @Get()
  @QuestionRoute(InquiriesAnswer)
  async list(@Query() { date, category }: InquiriesQuery, @Headers(WAIT_FOR_HEADER) position?: string) {
    await this.upTo(position);
    const inquiries = await this.rows.all<Omit<InquiryLine, 'outcome'> & { outcome: string | null }>(
      'inquiries-of-day',
      `select id as "inquiryId", to_char(received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "receivedAt",
         category, stage, outcome, handover, coalesce((state #>> '{recorded,noted}')::boolean, false) as noted
       from ${INQUIRY_BOOK_SCHEMA}.inquiry where date = $1 and ($2::text is null or category = $2)
       order by received_at, id limit 2000`,
      [date, category ?? null],
    );
    return {
      inquiries: inquiries.map(({ outcome, ...line }) => ({ ...line, ...(outcome !== null && { outcome }) })),
    } satisfies InquiriesAnswer;
  }

  /** What was written down of it. Who reads it stands in the access log. */
  @Get(':inquiryId/note')
  @QuestionRoute(InquiryNoteAnswer, { 404: ['not-found'] })
  async note(@CurrentCaller() caller: Caller, @IdParam('inquiryId') inquiryId: string): Promise<InquiryNoteAnswer> {
    const [opened] = await this.notes.open(caller, 'inquiry', [inquiryId], ['inquiry']);
    return opened === undefined ? {} : { note: opened.content['note']! };
  }

  private async upTo(position: string | undefined): Promise<void> {
    if (position !== undefined) await waitFor(this.subscriptions.named(INQUIRY_BOOK), 'inquiries', position);
  }
}
