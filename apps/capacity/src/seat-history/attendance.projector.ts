import { plainArray } from '#platform/log/array-literal.js';
import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import type { HeardEvent, Statement } from '#platform/subscription/subscriber.js';
import { sessionOf } from '../seat-board/seats.policy.js';
import { asReservationsEvent } from '#plan/plan.projector.js';

/** Whose seats are taken: ids alone, for the clash check of the alternatives (R013). */
export function attendanceTable(schema: string): string {
  return `
    create table ${schema}.attendance (
      session_id uuid not null,
      reservation_id uuid not null,
      person_id uuid not null,
      primary key (session_id, reservation_id)
    );
    create index attendance_person on ${schema}.attendance (person_id)`;
}

export function saveAttendance(schema: string, batch: readonly HeardEvent[]): Statement[] {
  const coming = new Map<string, readonly [sessionId: string, reservationId: string, personId: string]>();
  const going = new Map<string, readonly [sessionId: string, reservationId: string]>();
  for (const heard of batch) {
    const seat = seatOf(asReservationsEvent(heard));
    if (seat === undefined) continue;
    const [sessionId, reservationId, personId] = seat;
    const key = `${sessionId}/${reservationId}`;
    if (personId !== undefined) coming.set(key, [sessionId, reservationId, personId]);
    else if (!coming.delete(key)) going.set(key, [sessionId, reservationId]);
  }
  const statements: Statement[] = [];
  if (going.size > 0) {
    const gone = [...going.values()];
    statements.push({
      name: `unattend-${schema}`,
      text: `delete from ${schema}.attendance a using unnest($1::uuid[], $2::uuid[]) g(session_id, reservation_id)
             where a.session_id = g.session_id and a.reservation_id = g.reservation_id`,
      values: [plainArray(gone.map(([id]) => id)), plainArray(gone.map(([, id]) => id))],
    });
  }
  if (coming.size > 0) {
    const come = [...coming.values()];
    statements.push({
      name: `attend-${schema}`,
      text: `insert into ${schema}.attendance select * from unnest($1::uuid[], $2::uuid[], $3::uuid[])`,
      values: [0, 1, 2].map((column) => plainArray(come.map((row) => row[column]))),
    });
  }
  return statements;
}

/** Who comes into a session's seats, or with no person who goes. */
function seatOf(
  event: ReservationsEvent,
): readonly [sessionId: string, reservationId: string, personId?: string] | undefined {
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
