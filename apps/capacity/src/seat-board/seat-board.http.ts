import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import type { FastifyReply } from 'fastify';
import { dateAt, timeAt } from '#calendar/civil-time.js';
import { systemClock } from '#kernel/clock.js';
import { isUuid } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import { Subscriptions } from '#platform/hosting/subscriptions.module.js';
import { ChoiceField, CountField, DateField, IdField, LineField } from '#platform/service/fields.js';
import { ApiProblems } from '#platform/service/problem-answer.js';
import { OpenStreams } from '#platform/service/sse.js';
import { readAsOf } from '#platform/subscription/as-of.js';
import { WAIT_FOR_HEADER } from '#platform/subscription/position-token.js';
import { waitFor } from '#platform/subscription/wait-for.js';
import { BoardList, BoardSession } from './board-session.row.js';
import { isOnBoard, readBoard, readSession } from './board.row.js';
import { Reading } from './reading.row.js';
import { LiveBoard } from './live-board.handlers.js';
import { SEAT_BOARD } from './seat-board.projector.js';

const MOST = 500;
export const SOURCE = 'reservations';

export class BoardQuery {
  @IdField({ optional: true })
  term?: string;

  @IdField({ optional: true })
  course?: string;

  @IdField({ optional: true })
  venue?: string;

  @LineField({ max: 20, optional: true, description: 'The name of a ward, 北区, or its municipality code, 01102.' })
  ward?: string;

  @DateField({ optional: true, description: 'Sessions with a date on or after it.' })
  from?: string;

  @DateField({ optional: true, description: 'Sessions with a date on or before it.' })
  to?: string;

  @ChoiceField({ of: ['true', 'false'], optional: true, description: '`true`: only what can be booked now.' })
  available?: 'true' | 'false';

  @Type(() => Number)
  @CountField({ min: 1, max: MOST, optional: true })
  limit?: number;

  @IdField({ optional: true, description: '`next` of the list before.' })
  after?: string;
}

export const WaitFor = () =>
  ApiHeader({
    name: 'Uketsuke-Wait-For',
    required: false,
    description: 'An `Uketsuke-Position`: the answer holds at least that.',
  });

export const READ_PROBLEMS = {
  400: ['invalid-body', 'invalid-position'],
  401: ['not-signed-in'],
  403: ['forbidden'],
  503: ['not-yet', 'unavailable'],
} as const;

/** The seats of every session: how many there are, who counts against them, and since when none is left. */
@ApiTags('capacity')
@Controller('capacity')
export class SeatBoardHttp {
  constructor(
    @Inject(Subscriptions) private readonly subscriptions: Subscriptions,
    @Inject(Reading) private readonly reading: Reading,
    @Inject(LiveBoard) private readonly live: LiveBoard,
    @Inject(OpenStreams) private readonly streams: OpenStreams,
  ) {}

  @Get('sessions')
  @ApiOperation({ summary: 'Sessions with their seats, in the order in which they begin' })
  @WaitFor()
  @ApiOkResponse({ type: BoardList })
  @ApiProblems(READ_PROBLEMS)
  async list(@Query() query: BoardQuery, @Headers(WAIT_FOR_HEADER) token?: string): Promise<BoardList> {
    const { limit = MOST, available, ...filter } = query;
    const now = systemClock.now();
    const found = await this.read(token, async (client, schema) => {
      if (filter.after !== undefined && !(await isOnBoard(client, schema, filter.after))) throw unknownAfter();
      const availableAt = available === 'true' ? { availableAt: `${dateAt(now)}T${timeAt(now)}` } : {};
      // One more than is answered tells whether there is a rest
      return readBoard(client, schema, { ...filter, ...availableAt, limit: limit + 1 });
    });
    const sessions = found.rows.slice(0, limit);
    return { asOf: found.asOf, sessions, ...(found.rows.length > limit && { next: sessions.at(-1)!.sessionId }) };
  }

  @Get('sessions/:sessionId')
  @ApiOperation({ summary: 'One session with its seats' })
  @WaitFor()
  @ApiOkResponse({ type: BoardSession })
  @ApiProblems({ ...READ_PROBLEMS, 404: ['not-found'] })
  async one(@Param('sessionId') sessionId: string, @Headers(WAIT_FOR_HEADER) token?: string): Promise<BoardSession> {
    const id = known(sessionId);
    const { rows } = await this.read(token, (client, schema) => readSession(client, schema, id));
    if (rows === undefined) throw noSuchSession();
    return rows;
  }

  @Get('live')
  @ApiOperation({
    summary: 'The board as it changes, as server-sent events',
    description:
      '`event: snapshot` with the list, then `event: session` with one session each time one changes; `id:` is the position.',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({
    description: 'A stream without an end.',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  })
  @ApiProblems({ 401: ['not-signed-in'], 403: ['forbidden'] })
  follow(@Res() reply: FastifyReply): void {
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    reply.raw.flushHeaders();
    this.streams.track(reply);
    this.live.add(reply.raw);
  }

  private async read<Rows>(token: string | undefined, read: Parameters<typeof readAsOf<Rows>>[3]) {
    const subscription = this.subscriptions.named(SEAT_BOARD);
    if (token !== undefined) await waitFor(subscription, SOURCE, token);
    return readAsOf(this.reading.pool, SEAT_BOARD, SOURCE, read);
  }
}

/** @throws Refusal `not-found` for what cannot be the id of anything */
export function known(sessionId: string): string {
  if (!isUuid(sessionId)) throw noSuchSession();
  return sessionId;
}

export function noSuchSession(): Refusal {
  return new Refusal('not-found', 'not-found', 'There is no such session on the board.');
}

function unknownAfter(): Refusal {
  const fields = [{ field: 'after', rules: ['known'] }];
  return new Refusal('invalid-body', 'invalid', 'Send as `after` what a list answered as `next`.', { fields });
}
