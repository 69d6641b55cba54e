import type pg from 'pg';
import { plainArray } from '#platform/log/array-literal.js';
import type { HeardEvent, Projection } from '#platform/subscription/subscriber.js';
import { factTables } from './facts.row.js';
import { foldFacts } from './facts.projector.js';
import { isSeatEvent, sessionOf, type SeatEvent } from './seats.policy.js';
import { asReservationsEvent, foldSeats, readReservationsEvent, type PlacedSeatEvent } from './seats.projector.js';
import { seatTables } from './seats.row.js';

export const SEAT_BOARD = 'seat-board';

/**
 * The seats of every session as they are now, and who has one. Seats are counted from the session's own stream, which
 * arrives in order, so the board is the same in whatever order the halves of a move arrive.
 */
export const seatBoard: Projection = {
  kind: 'projection',
  name: SEAT_BOARD,
  sources: ['reservations'],
  codeVersion: 1,
  tables: (schema) => `
    ${factTables(schema)};
    ${seatTables(schema)};
    -- whose seats are taken: ids alone, for the clash check of the alternatives (R013)
    create table ${schema}.attendance (
      session_id uuid not null,
      reservation_id uuid not null,
      person_id uuid not null,
      primary key (session_id, reservation_id)
    );
    create index attendance_person on ${schema}.attendance (person_id)`,
  read: readReservationsEvent,
  apply: async (batch, { client, schema }) => {
    await foldFacts(client, schema, batch);
    const events = seatEventsIn(batch);
    await Promise.all([foldSeats(client, schema, events), saveAttendance(client, schema, events)]);
  },
};

export function seatEventsIn(batch: readonly HeardEvent[]): PlacedSeatEvent[] {
  const events: PlacedSeatEvent[] = [];
  for (const heard of batch) {
    const event = asReservationsEvent(heard);
    if (isSeatEvent(event)) events.push({ p: heard.p, seq: heard.seq, at: heard.at, event });
  }
  return events;
}

async function saveAttendance(client: pg.ClientBase, schema: string, events: readonly PlacedSeatEvent[]) {
  const coming = new Map<string, readonly [sessionId: string, reservationId: string, personId: string]>();
  const going = new Map<string, readonly [sessionId: string, reservationId: string]>();
  for (const { event } of events) {
    const seat = seatOf(event);
    if (seat === undefined) continue;
    const [sessionId, reservationId, personId] = seat;
    const key = `${sessionId}/${reservationId}`;
    if (personId !== undefined) coming.set(key, [sessionId, reservationId, personId]);
    else if (!coming.delete(key)) going.set(key, [sessionId, reservationId]);
  }
  const writing: Promise<unknown>[] = [];
  if (going.size > 0) {
    const gone = [...going.values()];
    writing.push(
      client.query({
        name: `unattend-${schema}`,
        text: `delete from ${schema}.attendance a using unnest($1::uuid[], $2::uuid[]) g(session_id, reservation_id)
               where a.session_id = g.session_id and a.reservation_id = g.reservation_id`,
        values: [plainArray(gone.map(([id]) => id)), plainArray(gone.map(([, id]) => id))],
      }),
    );
  }
  if (coming.size > 0) {
    const come = [...coming.values()];
    writing.push(
      client.query({
        name: `attend-${schema}`,
        text: `insert into ${schema}.attendance select * from unnest($1::uuid[], $2::uuid[], $3::uuid[])`,
        values: [0, 1, 2].map((column) => plainArray(come.map((row) => row[column]))),
      }),
    );
  }
  await Promise.all(writing);
}

/** Who comes into a session's seats, or with no person who goes. */
function seatOf(event: SeatEvent): readonly [sessionId: string, reservationId: string, personId?: string] | undefined {
  switch (event.type) {
    case 'ReservationMade':
    case 'ReservationMovedIn':
      return [sessionOf(event), event.data.reservationId, event.data.personId];
    case 'ReservationMovedOut':
    case 'ReservationCancelled':
      return [sessionOf(event), event.data.reservationId];
    default:
      return undefined;
  }
}
