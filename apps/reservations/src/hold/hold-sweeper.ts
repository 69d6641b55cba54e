import { idFrom } from '#kernel/ids.js';
import { unattendedCall } from '#contracts/access/call.js';
import { Sweep } from '#platform/hosting/sweep.js';
import type { ServiceLog } from '#platform/service/logging.js';
import { classSession } from '../class-session/class-session.decider.js';
import { decided } from '#platform/hosting/decided.js';
import type { Desk } from '../desk/desk.js';
import type { Rows } from '#platform/hosting/rows.js';
import { sessionStream } from '../desk/streams.js';
import { holdRows } from './hold.row.js';

const SWEEPS = 'c8bb0fd9-9a6d-4f55-86cb-6f6a3b0a4f0e';
const EVERY_MS = 1_000;
/** Sessions a sweep takes on; the next one is a second away. */
const AT_ONCE = 200;

/**
 * Lapses holds whose time is up, so that the board shows the seat free without anybody asking for it (design §4). What is
 * due stands in the database: a restart forgets nothing, and two processes sweeping do the same thing twice, harmlessly.
 */
export class HoldSweeper extends Sweep {
  constructor(
    private readonly desk: Desk,
    private readonly rows: Rows,
    log: ServiceLog,
  ) {
    super(
      EVERY_MS,
      () => this.sweep(),
      (err) => log.warn('Lapsed holds could not be released; trying again', { err }),
    );
  }

  /** @returns how many sessions had holds that were over */
  async sweep(): Promise<number> {
    const due = await this.rows.all<{ session_id: string; first: number }>(
      'holds-due',
      `select session_id, min(expires_at) as first from hold
       where expires_at <= (extract(epoch from clock_timestamp()) * 1000)::bigint
       group by session_id order by first limit ${AT_ONCE}`,
    );
    await Promise.all(due.map(({ session_id: sessionId, first }) => this.lapse(sessionId, first)));
    return due.length;
  }

  private lapse(sessionId: string, first: number) {
    const stream = sessionStream(sessionId);
    const call = unattendedCall('hold-sweeper', idFrom(SWEEPS, sessionId, String(first), String(Date.now())));
    return this.desk.submit(call, {
      writes: [stream],
      decide: (states, now) => {
        const { events, after } = decided(classSession, { do: 'lapseHolds', now }, states.of(stream));
        return { events: [[stream, events]], sides: holdRows(sessionId, events, after), answer: null };
      },
    });
  }
}
