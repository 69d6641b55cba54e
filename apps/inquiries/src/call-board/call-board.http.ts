import { Controller, Get, Headers, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { dateAt, daysBetween } from '#calendar/civil-time.js';
import { QuestionRoute } from '#platform/hosting/route.js';
import { Subscriptions } from '#platform/hosting/subscriptions.module.js';
import { invalidBody } from '#platform/service/validation.js';
import { readAsOf } from '#platform/subscription/as-of.js';
import { WAIT_FOR_HEADER } from '#platform/subscription/position-token.js';
import { waitFor } from '#platform/subscription/wait-for.js';
import { Reading } from '../desk/reading.js';
import { CallNumbersAnswer, CallsAnswer, CallsQuery, NowAnswer, NumbersQuery } from './call-board.body.js';
import { CALLS, halfHourOf } from './calls.projector.js';
import { readCalls, readNumbers, readOpen } from './calls.row.js';
import { numbersOf } from './numbers.policy.js';

const SOURCE = 'inquiries';
const MOST_DAYS = 62;

/** Calls and their numbers, as far as this service has heard itself. */
@ApiTags('calls')
@Controller('calls')
export class CallBoardHttp {
  constructor(
    @Inject(Subscriptions) private readonly subscriptions: Subscriptions,
    @Inject(Reading) private readonly reading: Reading,
  ) {}

  @Get()
  @QuestionRoute(CallsAnswer)
  async list(
    @Query() { date, limit = 100, after }: CallsQuery,
    @Headers(WAIT_FOR_HEADER) token?: string,
  ): Promise<CallsAnswer> {
    const { asOf, rows } = await this.read(token, (db, schema) =>
      readCalls(db, schema, { date, limit: limit + 1, after }),
    );
    const calls = rows.slice(0, limit);
    return { asOf, calls, ...(rows.length > limit && { next: calls.at(-1)!.callId }) };
  }

  /** 入電・応答・放棄 and the rest, in total, by day and by half hour. (§5.1) */
  @Get('numbers')
  @QuestionRoute(CallNumbersAnswer)
  async numbers(
    @Query() { from, to = from }: NumbersQuery,
    @Headers(WAIT_FOR_HEADER) token?: string,
  ): Promise<CallNumbersAnswer> {
    const days = daysBetween(from, to);
    if (days < 0 || days >= MOST_DAYS) throw invalidBody([{ field: 'to', rules: ['period'] }]);
    const { asOf, rows } = await this.read(token, (db, schema) => readNumbers(db, schema, from, to));
    return { asOf, total: rows.total, days: [...rows.days], slots: [...rows.slots] };
  }

  /** For the wall: today, and the half hour that is under way. (§4.2) */
  @Get('now')
  @QuestionRoute(NowAnswer)
  async now(@Headers(WAIT_FOR_HEADER) token?: string): Promise<NowAnswer> {
    const now = Date.now();
    const date = dateAt(now);
    const { asOf, rows } = await this.read(token, async (db, schema) => ({
      numbers: await readNumbers(db, schema, date, date),
      open: await readOpen(db, schema, date),
    }));
    const slot = halfHourOf(now);
    const { open, since } = rows.open;
    return {
      ...{ asOf, date, today: rows.numbers.total, openCalls: open },
      slot: rows.numbers.slots.find((one) => one.slot === slot) ?? { slot, ...numbersOf([]) },
      ...(since !== undefined && { longestOpenSeconds: Math.max(0, Math.floor((now - Date.parse(since)) / 1_000)) }),
    };
  }

  private async read<Rows>(token: string | undefined, read: Parameters<typeof readAsOf<Rows>>[3]) {
    if (token !== undefined) await waitFor(this.subscriptions.named(CALLS), SOURCE, token);
    return readAsOf(this.reading.pool, CALLS, SOURCE, read);
  }
}
