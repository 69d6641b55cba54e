import type { ServerResponse } from 'node:http';
import type pg from 'pg';
import { readAsOf, type AsOf } from '#platform/subscription/as-of.js';
import { parkedStreams } from '#platform/subscription/parking.js';
import { liveVersion, readPositions } from '#platform/subscription/positions.js';
import type { Subscription } from '#platform/subscription/subscription.js';
import type { BoardSession } from './board-session.row.js';
import { readBoard, readChanges, type BoardCursor } from './board.row.js';

/** How often is looked for what other processes have applied, milliseconds. */
const POLL = 500;
const HEARTBEAT = 15_000;
/** Bytes that may wait for a screen that does not read, beyond twice a snapshot; then it is cut off and may come back. */
const BACKLOG = 1_048_576;
const EVERYTHING = 1_000_000;

/** What is sent to the screens (design §7): a snapshot first, then every session that changes. */
export class LiveBoard {
  private readonly screens = new Set<ServerResponse>();
  /** Connected, and still without a snapshot. */
  private readonly arriving = new Set<ServerResponse>();
  /** What the screens have been sent. */
  private cursor: BoardCursor | undefined;
  private snapshotBytes = 0;
  private looking: Promise<void> | undefined;
  private again = false;
  private readonly forget: () => void;
  private readonly timers: readonly NodeJS.Timeout[];

  constructor(
    private readonly subscription: Subscription,
    private readonly source: string,
    private readonly pool: pg.Pool,
    private readonly onFailure: (thrown: unknown) => void,
  ) {
    this.forget = subscription.onMoved(() => this.look());
    this.timers = [
      setInterval(() => this.look(), POLL).unref(),
      setInterval(() => this.send(': heartbeat\n\n'), HEARTBEAT).unref(),
    ];
  }

  /** Screens that are served. */
  get count(): number {
    return this.screens.size;
  }

  /** Serves an answer whose head has been sent. */
  add(screen: ServerResponse): void {
    // Left already: `close` would never be heard, and the board be read and kept for nobody
    if (screen.destroyed) return;
    this.arriving.add(screen);
    screen.once('close', () => {
      this.arriving.delete(screen);
      this.screens.delete(screen);
    });
    this.look();
  }

  async close(): Promise<void> {
    this.forget();
    for (const timer of this.timers) clearInterval(timer);
    await this.looking;
  }

  /** One look at a time; what changes meanwhile is seen together by the next. */
  private look(): void {
    if (this.screens.size + this.arriving.size === 0) {
      this.cursor = undefined;
      return;
    }
    if (this.looking !== undefined) {
      this.again = true;
      return;
    }
    this.again = false;
    this.looking = this.refresh()
      .catch((thrown: unknown) => this.onFailure(thrown))
      .finally(() => {
        this.looking = undefined;
        if (this.again) this.look();
      });
  }

  private async refresh(): Promise<void> {
    const { subscription, source, pool, cursor } = this;
    const newcomers = [...this.arriving];
    const { asOf: read, rows } = await readAsOf(pool, subscription.name, source, async (client, schema) => {
      // Asked together: the round trips would be what a change takes to the screens
      const [next, all, changed] = await Promise.all([
        readCursor(client, subscription.name, source),
        newcomers.length > 0 ? readBoard(client, schema, { limit: EVERYTHING }) : undefined,
        cursor === undefined ? [] : readChanges(client, schema, cursor),
      ]);
      const afresh = cursor !== undefined && isOfOtherRows(cursor, next);
      if (!afresh) return { next, afresh, all, changed };
      return { next, afresh, all: all ?? (await readBoard(client, schema, { limit: EVERYTHING })), changed: [] };
    });
    this.cursor = rows.next;
    const snapshot = rows.all && eventText('snapshot', read, { asOf: read, sessions: rows.all });
    if (snapshot !== undefined) this.snapshotBytes = snapshot.length;
    if (rows.afresh) this.send(snapshot!);
    else if (rows.changed.length > 0) this.send(rows.changed.map((one) => eventText('session', read, one)).join(''));
    for (const screen of newcomers) {
      // Gone while the board was read
      if (!this.arriving.delete(screen)) continue;
      this.screens.add(screen);
      screen.write(snapshot!);
    }
  }

  /** The same bytes to every screen; one that has stopped reading is cut off. */
  send(text: string): void {
    const bytes = Buffer.from(text);
    for (const screen of this.screens) {
      if (screen.writableLength > BACKLOG + 2 * this.snapshotBytes) screen.destroy();
      else screen.write(bytes);
    }
  }
}

/** Whether what was sent is of another log, or of tables that a rebuild has replaced: what differs has no newer sequence. */
function isOfOtherRows(seen: BoardCursor, { logId, version }: BoardCursor): boolean {
  return seen.version !== version || (seen.logId !== null && seen.logId !== logId);
}

function eventText(event: string, { position }: AsOf, data: BoardSession | object): string {
  const id = position === null ? '' : `id: ${position}\n`;
  return `event: ${event}\n${id}data: ${JSON.stringify(data)}\n\n`;
}

async function readCursor(client: pg.ClientBase, subscription: string, source: string): Promise<BoardCursor> {
  const [version, positions, parked] = await Promise.all([
    liveVersion(client, subscription),
    readPositions(client, subscription, source),
    parkedStreams(client, subscription),
  ]);
  const seqs: number[] = [];
  for (const { p, next } of positions) seqs[p] = next - 1;
  const logId = positions.find((at) => at.logId !== null)?.logId ?? null;
  return { version, logId, seqs, parked };
}
