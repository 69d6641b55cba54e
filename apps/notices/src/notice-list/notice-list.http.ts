import { Controller, Get, Headers, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { dateAt } from '#calendar/civil-time.js';
import { systemClock } from '#kernel/clock.js';
import { Planned } from '#plan/planned.js';
import { QuestionRoute } from '#platform/hosting/route.js';
import { WAIT_FOR_HEADER } from '#platform/subscription/position-token.js';
import { Expectations } from '../expectation/expectations.js';
import { Selecting } from '../notice-batch/selection.js';
import { Heard, WaitsForReservations } from './heard.js';
import { noticeAnswer, dueSession } from './notice-answer.js';
import { DueAnswer, NoticesAnswer, NoticesQuery } from './notice-list.body.js';
import { NoticeList } from './notice-list.js';

const MOST = 500;

/** Who must be told by post, and how far that is. */
@ApiTags('notices')
@Controller('notices')
export class NoticeListHttp {
  constructor(
    @Inject(NoticeList) private readonly list: NoticeList,
    @Inject(Planned) private readonly planned: Planned,
    @Inject(Expectations) private readonly expectations: Expectations,
    @Inject(Selecting) private readonly selecting: Selecting,
    @Inject(Heard) private readonly heard: Heard,
  ) {}

  @Get()
  @WaitsForReservations()
  @QuestionRoute(NoticesAnswer, { 409: ['posting-settings-missing'] })
  async notices(@Query() query: NoticesQuery, @Headers(WAIT_FOR_HEADER) token?: string): Promise<NoticesAnswer> {
    await this.heard.upTo(token);
    const now = systemClock.now();
    const { limit = MOST, state, postBy, sessionId, reservationId, lane, after } = query;
    const inTime = postBy === undefined ? undefined : await this.selecting.sessionsBy(postBy, now);
    const sessionIds = sessionId === undefined ? inTime : (inTime?.filter((one) => one === sessionId) ?? [sessionId]);
    const rows = await this.list.notices({
      ...(state && { states: [state] }),
      ...(sessionIds && { sessionIds }),
      ...(reservationId !== undefined && { reservationIds: [reservationId] }),
      ...(lane !== undefined && { lane }),
      ...(after !== undefined && { after }),
      limit: limit + 1,
    });
    const shown = rows.slice(0, limit);
    const facts = await this.planned.sessions([...new Set(shown.map(({ session_id }) => session_id))]);
    const plans = await this.expectations.findPlans(facts.values(), now);
    return {
      notices: shown.map((row) => noticeAnswer(row, plans.get(row.session_id)?.plan)),
      ...(rows.length > limit && { next: shown.at(-1)!.notice_id }),
    };
  }

  /** The board of what has to be posted: today, overdue, later. (R021) */
  @Get('due')
  @WaitsForReservations()
  @QuestionRoute(DueAnswer, { 409: ['posting-settings-missing'] })
  async due(@Headers(WAIT_FOR_HEADER) token?: string): Promise<DueAnswer> {
    await this.heard.upTo(token);
    const now = systemClock.now();
    const today = dateAt(now);
    const open = await this.list.openBySession();
    const facts = await this.planned.sessions(open.map(({ session_id }) => session_id));
    const plans = await this.expectations.plans(facts.values(), now);
    const sessions = open
      .filter(({ session_id }) => plans.has(session_id))
      .map((counts) => dueSession(counts, facts.get(counts.session_id)!, plans.get(counts.session_id)!, today))
      .toSorted((a, b) => (a.postBy < b.postBy ? -1 : 1));
    const isUrgent = ({ urgency, drafted }: DueAnswer['sessions'][number]) =>
      drafted > 0 && (urgency === 'today' || urgency === 'overdue');
    return { today, sessions, alarm: sessions.some(isUrgent) };
  }
}
