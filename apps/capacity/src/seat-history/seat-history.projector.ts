import { plainArray, textArray } from '#platform/log/array-literal.js';
import type { Projection, Statement } from '#platform/subscription/subscriber.js';
import { foldFacts, type DatedFact } from '../seat-board/facts.projector.js';
import { factTables } from '../seat-board/facts.row.js';
import type { Seats } from '../seat-board/seats.policy.js';
import { readReservationsEvent } from '#plan/plan.projector.js';
import { foldSeats } from '../seat-board/seats.projector.js';
import { instantOrNull, seatTables } from '../seat-board/seats.row.js';
import { attendanceTable, saveAttendance } from './attendance.projector.js';

export const SEAT_HISTORY = 'seat-history';

/** A look into the past may begin a twentieth of a second late; in return the board has the database to itself. */
const REST = 50;

/**
 * How every session stood at every instant at which something changed, and who has a seat. A projection of its own: what
 * is many rows neither slows the board nor its rebuild. Of the events of one instant the last counts, so
 * the rows do not depend on how the log was cut into batches.
 */
export const seatHistory: Projection = {
  kind: 'projection',
  name: SEAT_HISTORY,
  sources: ['reservations'],
  codeVersion: 1,
  rest: REST,
  tables: (schema) => `
    ${factTables(schema)};
    ${seatTables(schema)};
    ${attendanceTable(schema)};
    create table ${schema}.seats_at (
      session_id uuid not null,
      at timestamptz not null,
      capacity integer not null,
      reserved integer not null,
      held integer not null,
      state text not null,
      full_since timestamptz,
      primary key (session_id, at)
    );
    create table ${schema}.fact_at (
      kind text not null,
      id uuid not null,
      at timestamptz not null,
      data jsonb not null,
      primary key (kind, id, at)
    )`,
  read: readReservationsEvent,
  apply: async (batch, { client, schema }) => {
    const history = new Map<string, SeatsAt>();
    const [{ facts, statements }, saveSeats] = await Promise.all([
      foldFacts(client, schema, batch),
      foldSeats(client, schema, batch, (sessionId, at, seats) => {
        history.set(`${sessionId}/${at}`, { sessionId, at, seats });
      }),
    ]);
    return [
      ...saveFactsAt(schema, facts),
      ...statements,
      ...saveSeats,
      ...saveSeatsAt(schema, [...history.values()]),
      ...saveAttendance(schema, batch),
    ];
  },
};

interface SeatsAt {
  readonly sessionId: string;
  readonly at: number;
  readonly seats: Seats;
}

function saveSeatsAt(schema: string, rows: readonly SeatsAt[]): Statement[] {
  if (rows.length === 0) return [];
  const statement = {
    name: `seats-at-${schema}`,
    text: `insert into ${schema}.seats_at
           select * from unnest($1::uuid[], $2::timestamptz[], $3::int[], $4::int[], $5::int[], $6::text[], $7::timestamptz[])
           on conflict (session_id, at) do update set capacity = excluded.capacity, reserved = excluded.reserved,
             held = excluded.held, state = excluded.state, full_since = excluded.full_since`,
    values: [
      plainArray(rows.map(({ sessionId }) => sessionId)),
      plainArray(rows.map(({ at }) => instantOrNull(at))),
      plainArray(rows.map(({ seats }) => seats.capacity)),
      plainArray(rows.map(({ seats }) => seats.reserved)),
      plainArray(rows.map(({ seats }) => seats.held)),
      textArray(rows.map(({ seats }) => seats.state)),
      plainArray(rows.map(({ seats }) => instantOrNull(seats.fullSince))),
    ],
  };
  return [statement];
}

function saveFactsAt(schema: string, facts: readonly DatedFact[]): Statement[] {
  if (facts.length === 0) return [];
  const rows = [...new Map(facts.map((fact) => [`${fact.kind}/${fact.id}/${fact.at}`, fact])).values()];
  const statement = {
    text: `insert into ${schema}.fact_at select * from unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::jsonb[])
           on conflict (kind, id, at) do update set data = excluded.data`,
    values: [
      rows.map(({ kind }) => kind),
      plainArray(rows.map(({ id }) => id)),
      plainArray(rows.map(({ at }) => instantOrNull(at))),
      textArray(rows.map(({ row }) => JSON.stringify(row))),
    ],
  };
  return [statement];
}
