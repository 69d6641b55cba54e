import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Subscriptions } from '#platform/hosting/subscriptions.module.js';
import { InstantField } from '#platform/service/fields.js';
import { ApiProblems } from '#platform/service/problem-answer.js';
import { readAsOf } from '#platform/subscription/as-of.js';
import { WAIT_FOR_HEADER } from '#platform/subscription/position-token.js';
import { waitFor } from '#platform/subscription/wait-for.js';
import { BoardSession } from '../seat-board/board-session.row.js';
import { Reading } from '../seat-board/reading.row.js';
import { known, noSuchSession, READ_PROBLEMS, SOURCE, WaitFor } from '../seat-board/seat-board.http.js';
import { SEAT_BOARD } from '../seat-board/seat-board.projector.js';
import { SEAT_HISTORY } from './seat-history.projector.js';
import { readSessionAt } from './seat-history.row.js';

export class InstantQuery {
  @InstantField({ description: 'Everything that was committed up to then counts.' })
  instant: string;
}

/** How the board stood: what an operator saw when a caller was told there was no seat. */
@ApiTags('capacity')
@Controller('capacity')
export class SeatHistoryHttp {
  constructor(
    @Inject(Subscriptions) private readonly subscriptions: Subscriptions,
    @Inject(Reading) private readonly reading: Reading,
  ) {}

  @Get('sessions/:sessionId/at')
  @ApiOperation({ summary: 'One session with its seats as it stood at an instant' })
  @WaitFor()
  @ApiOkResponse({ type: BoardSession })
  @ApiProblems({ ...READ_PROBLEMS, 404: ['not-found'] })
  async at(
    @Param('sessionId') sessionId: string,
    @Query() { instant }: InstantQuery,
    @Headers(WAIT_FOR_HEADER) token?: string,
  ): Promise<BoardSession> {
    const id = known(sessionId);
    if (token !== undefined) await waitFor(this.subscriptions.named(SEAT_HISTORY), SOURCE, token);
    await this.hasHeard(instant);
    const { rows } = await readAsOf(this.reading.pool, SEAT_HISTORY, SOURCE, (client, schema) =>
      readSessionAt(client, schema, id, instant),
    );
    if (rows === undefined) throw noSuchSession();
    return rows;
  }

  /**
   * Waits until the history has applied what the board has, in every partition that it has not yet heard beyond
   * `instant`: it rests between batches, and must not deny what the board has shown. The past waits for nothing.
   */
  private async hasHeard(instant: string): Promise<void> {
    const history = this.subscriptions.named(SEAT_HISTORY);
    const [board, heard] = await Promise.all([
      this.subscriptions.named(SEAT_BOARD).positions(SOURCE),
      history.positions(SOURCE),
    ]);
    const isBeyond = (p: number) => (heard.find((at) => at.p === p)?.lastAt ?? -Infinity) > Date.parse(instant);
    const shown = board.filter(({ p, logId }) => logId !== null && !isBeyond(p));
    if (shown.length === 0) return;
    const positions = shown.map(({ p, next }) => ({ p, seq: next - 1 }));
    await waitFor(history, SOURCE, { logId: shown[0]!.logId!, positions });
  }
}
