import type pg from 'pg';
import type { HeardEvent, Projection } from '../subscription/subscriber.js';

/** Where a reservation sits: the smallest projection that hears the same thing from two partitions. */
export interface Seat {
  readonly reservationId: string;
  readonly revision: number;
  /** Null once it is cancelled. */
  readonly sessionId: string | null;
}

/** @param heedsRevision off, the last one heard wins: what a projection must not do */
export function roster(heedsRevision = true): Projection {
  return {
    kind: 'projection',
    name: 'roster',
    sources: ['reservations'],
    codeVersion: 1,
    tables: (schema) =>
      `create table ${schema}.seat (reservation_id text primary key, revision integer not null, session_id text)`,
    apply: async (batch, { client, schema }) => {
      const seats = new Map<string, Seat>();
      for (const event of batch) {
        const seat = seatAfter(event);
        const known = seats.get(seat.reservationId);
        if (known === undefined || !heedsRevision || seat.revision > known.revision)
          seats.set(seat.reservationId, seat);
      }
      await client.query(
        `insert into ${schema}.seat as s select * from unnest($1::text[], $2::int[], $3::text[])
         on conflict (reservation_id) do update set revision = excluded.revision, session_id = excluded.session_id
         ${heedsRevision ? 'where excluded.revision > s.revision' : ''}`,
        [
          [...seats.keys()],
          [...seats.values()].map(({ revision }) => revision),
          [...seats.values()].map(({ sessionId }) => sessionId),
        ],
      );
    },
  };
}

/** Either half of a move tells alone where the reservation sits now. */
function seatAfter({ type, data }: HeardEvent): Seat {
  const { reservationId, reservationRevision, sessionId, toSessionId } = data as Record<string, string> & {
    reservationRevision: number;
  };
  return {
    reservationId: reservationId!,
    revision: reservationRevision,
    sessionId: type === 'ReservationCancelled' ? null : (toSessionId ?? sessionId!),
  };
}

export async function readRoster(pool: pg.Pool): Promise<Seat[]> {
  const { rows } = await pool.query<Seat>(
    'select reservation_id as "reservationId", revision, session_id as "sessionId" from roster.seat order by 1',
  );
  return rows;
}
