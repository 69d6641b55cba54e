import type pg from 'pg';
import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import { asReservationsEvent, readReservationsEvent } from '#plan/plan.projector.js';
import type { Projection } from '#platform/subscription/subscriber.js';
import { plainArray } from '#platform/log/array-literal.js';

export const BOOKINGS = 'bookings';

/** Whose each reservation is: whom to call, and in which version of the record to look. Ids only. */
export const bookings: Projection = {
  kind: 'projection',
  name: BOOKINGS,
  sources: ['reservations'],
  codeVersion: 1,
  tables: (schema) => `
    create table ${schema}.booking (
      reservation_id uuid primary key, revision integer not null, session_id uuid not null, person_id uuid,
      person_version integer, active boolean not null
    );
    create index booking_of_person on ${schema}.booking (person_id)`,
  read: readReservationsEvent,
  apply: async (batch, { client, schema }) => {
    const events = batch.map(asReservationsEvent).filter(isOfBooking);
    if (events.length > 0) await foldBookings(client, schema, events);
  },
};

const OF_BOOKING = ['ReservationMade', 'ReservationMovedOut', 'ReservationMovedIn', 'ReservationCancelled', 'ApplicantCorrected'] as const; // prettier-ignore

type OfBooking = Extract<ReservationsEvent, { type: (typeof OF_BOOKING)[number] }>;

interface BookingRow {
  readonly reservation_id: string;
  readonly revision: number;
  readonly session_id: string;
  readonly person_id: string | null;
  readonly person_version: number | null;
  readonly active: boolean;
}

function isOfBooking(event: ReservationsEvent): event is OfBooking {
  return (OF_BOOKING as readonly string[]).includes(event.type);
}

async function foldBookings(client: pg.ClientBase, schema: string, events: readonly OfBooking[]): Promise<void> {
  const ids = plainArray([...new Set(events.map(({ data }) => data.reservationId))]);
  const { rows } = await client.query<BookingRow>(`select * from ${schema}.booking where reservation_id = any ($1)`, [
    ids,
  ]);
  const known = new Map(rows.map((row) => [row.reservation_id, row]));
  for (const event of events) {
    known.set(event.data.reservationId, bookingAfter(known.get(event.data.reservationId), event));
  }
  await client.query(
    `insert into ${schema}.booking select * from jsonb_populate_recordset(null::${schema}.booking, $1::jsonb)
     on conflict (reservation_id) do update set revision = excluded.revision, session_id = excluded.session_id,
       person_id = excluded.person_id, person_version = excluded.person_version, active = excluded.active`,
    [JSON.stringify([...known.values()])],
  );
}

/** Streams arrive in any order: the place is that of the highest revision, the record the newest that was named. */
function bookingAfter(before: BookingRow | undefined, event: OfBooking): BookingRow {
  const { type, data } = event;
  const newer = before === undefined || before.revision < data.reservationRevision;
  const person =
    'personId' in data && data.personVersion > (before?.person_version ?? 0)
      ? { person_id: data.personId, person_version: data.personVersion }
      : { person_id: before?.person_id ?? null, person_version: before?.person_version ?? null };
  if (!newer) return { ...before, ...person };
  return {
    ...{ ...person, reservation_id: data.reservationId, revision: data.reservationRevision },
    session_id: 'toSessionId' in data ? data.toSessionId : data.sessionId,
    active: type !== 'ReservationCancelled',
  };
}
