import { Inject, Injectable } from '@nestjs/common';
import { Planned } from '#plan/planned.js';
import { Rows } from '#platform/hosting/rows.js';
import { plainArray } from '#platform/log/array-literal.js';
import { BOOKINGS } from '../booking/bookings.projector.js';
import { OPEN_HOLDS } from '../desk-day/open-holds.projector.js';

/**
 * Seats of sessions that nobody has, as far as this service has heard: a mark for whoever works the wishes (空き連絡希望). Whether
 * there is one left when the caller answers is for the hold to say.
 */
@Injectable()
export class FreeSeats {
  constructor(
    @Inject(Rows) private readonly rows: Rows,
    @Inject(Planned) private readonly planned: Planned,
  ) {}

  /** @returns by session; only sessions that can be booked and have one */
  async of(sessionIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (sessionIds.length === 0) return new Map();
    const sessions = await this.planned.sessions(sessionIds);
    const taken = await this.rows.all<{ session_id: string; seats: number }>(
      'seats-taken',
      `select session_id, sum(seats)::int as seats from (
         select session_id, 1 as seats from ${BOOKINGS}.booking where active and session_id = any ($1)
         union all
         select session_id, seats from ${OPEN_HOLDS.replaceAll('-', '_')}.hold where session_id = any ($1) and expires_at > now()
       ) one group by session_id`,
      [plainArray(sessionIds)],
    );
    const seats = new Map(taken.map((row) => [row.session_id, row.seats]));
    return new Map(
      [...sessions].flatMap(([sessionId, { session }]) => {
        const free = session.plan.capacity - (seats.get(sessionId) ?? 0);
        return session.state === 'open' && free > 0 ? [[sessionId, free]] : [];
      }),
    );
  }
}
