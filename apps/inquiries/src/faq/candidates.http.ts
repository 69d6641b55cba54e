import { Controller, Get, Headers, Inject, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import type { Call, Caller } from '#contracts/access/call.js';
import { Refusal } from '#kernel/refusal.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { CommandRoute, QuestionRoute } from '#platform/hosting/route.js';
import { Rows } from '#platform/hosting/rows.js';
import { Subscriptions } from '#platform/hosting/subscriptions.module.js';
import { CurrentCaller } from '#platform/service/caller.js';
import { WAIT_FOR_HEADER } from '#platform/subscription/position-token.js';
import { waitFor } from '#platform/subscription/wait-for.js';
import { INQUIRY_BOOK, INQUIRY_BOOK_SCHEMA } from '../inquiry/inquiry-book.projector.js';
import { Notes } from '../note/notes.js';
import { DeskClock } from '../reception/desk-clock.js';
import { CANDIDATE_FROM } from './candidate.decider.js';
import { FAQ_SCHEMA, FAQ_SHELF } from './faq-shelf.projector.js';
import { CandidatesAnswer, CandidatesQuery, type CandidateWeek, type FaqCandidate } from './faq.body.js';
import { DismissCandidate } from './faq.commands.js';

class CandidateDismissed {
  @ApiProperty({ format: 'uuid' }) unlistedTopicId: string;
}

interface TopicRow {
  readonly topic_id: string;
  readonly category: string;
  readonly times: number;
  readonly dismissed: number;
  readonly faq_id: string | null;
  readonly weeks: readonly CandidateWeek[];
}

/** 未掲載: what callers asked and no entry answers, counted by week; asked five times in a term it is a candidate. (R019) */
@ApiTags('faq')
@Controller('faq/candidates')
export class CandidatesHttp {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(Rows) private readonly rows: Rows,
    @Inject(Notes) private readonly notes: Notes,
    @Inject(DeskClock) private readonly clock: DeskClock,
    @Inject(Subscriptions) private readonly subscriptions: Subscriptions,
  ) {}

  @Get()
  @QuestionRoute(CandidatesAnswer, { 409: ['no-term'] })
  async list(
    @CurrentCaller() caller: Caller,
    @Query() query: CandidatesQuery,
    @Headers(WAIT_FOR_HEADER) position?: string,
  ): Promise<CandidatesAnswer> {
    for (const name of position === undefined ? [] : [INQUIRY_BOOK, FAQ_SHELF]) {
      await waitFor(this.subscriptions.named(name), 'inquiries', position!);
    }
    const termId = query.termId ?? (await this.clock.read())(Date.now()).termId;
    const rows = await this.topics(termId);
    const ids = rows.map(({ topic_id }) => topic_id);
    const notes = await this.notes.open(caller, 'faq-candidates', ids, ['topic']);
    const wordsOf = new Map(notes.map(({ ownerId, content }) => [ownerId, content['words']]));
    return { termId, candidates: rows.map((row) => candidateOf(row, wordsOf.get(row.topic_id))) };
  }

  /** Not worth an entry; it is a candidate again when it was asked five times more. */
  @Post(':unlistedTopicId/dismiss')
  @CommandRoute(CandidateDismissed, { 404: ['not-found'] })
  async dismiss(@CurrentCall() call: Call, @IdParam('unlistedTopicId') unlistedTopicId: string) {
    const row = await this.rows.first<{ term_id: string; times: number }>(
      'topic-asked',
      `select term_id, count(*)::int as times from ${INQUIRY_BOOK_SCHEMA}.inquiry where topic_id = $1 group by term_id`,
      [unlistedTopicId],
    );
    if (row === undefined) throw new Refusal('not-found', 'not-found', 'Nobody asked this.');
    return this.commands.execute(new DismissCandidate(call, unlistedTopicId, row.term_id, row.times));
  }

  private topics(termId: string): Promise<TopicRow[]> {
    return this.rows.all<TopicRow & Record<string, unknown>>(
      'faq-candidates',
      `with week as (
         select topic_id, date_trunc('week', date)::date::text as "from", count(*)::int as "timesAsked",
           max(category) as category
         from ${INQUIRY_BOOK_SCHEMA}.inquiry where term_id = $1 and topic_id is not null group by 1, 2)
       select w.topic_id, max(w.category) as category, sum(w."timesAsked")::int as times,
         coalesce(max((c.state ->> 'dismissedAt')::int), 0) as dismissed,
         (select v.faq_id from ${FAQ_SCHEMA}.faq_version v where v.data ->> 'unlistedTopicId' = w.topic_id::text limit 1) as faq_id,
         jsonb_agg(jsonb_build_object('from', w."from", 'timesAsked', w."timesAsked") order by w."from") as weeks
       from week w left join ${FAQ_SCHEMA}.candidate c on c.id = w.topic_id
       group by w.topic_id order by times desc, w.topic_id limit 500`,
      [termId],
    );
  }
}

function candidateOf({ topic_id, category, times, dismissed, faq_id, weeks }: TopicRow, words?: string): FaqCandidate {
  return {
    ...{ unlistedTopicId: topic_id, category, timesAsked: times, weeks: [...weeks] },
    candidate: faq_id === null && times - dismissed >= CANDIDATE_FROM,
    ...(faq_id !== null && { faqId: faq_id }),
    ...(words !== undefined && { words }),
  };
}
