import type pg from 'pg';
import { plainArray, textArray } from '#platform/log/array-literal.js';
import type { Statement } from '#platform/subscription/subscriber.js';
import type { Hold, Holds, Seats } from './seats.policy.js';

/** The seats of a session with the event that they were last changed by. */
export interface PlacedSeats {
  readonly p: number;
  seq: number;
  seats: Seats;
}

/** The tables that a fold of seats stands on, in whatever schema. */
export function seatTables(schema: string): string {
  return `
    -- room on every page: a row that changes with every event finds its next version there
    create table ${schema}.seats (
      session_id uuid primary key,
      p integer not null,
      seq bigint not null,
      capacity integer not null,
      reserved integer not null,
      held integer not null,
      state text not null,
      full_since timestamptz
    ) with (fillfactor = 40);
    create table ${schema}.hold (hold_id uuid primary key, session_id uuid not null, seats integer not null)`;
}

export async function loadSeats(
  client: pg.ClientBase,
  schema: string,
  sessionIds: Iterable<string>,
): Promise<Map<string, PlacedSeats>> {
  const { rows } = await client.query<[string, number, number, number, number, number, Seats['state'], number | null]>({
    name: `seats-${schema}`,
    rowMode: 'array',
    text: `select session_id, p, seq, capacity, reserved, held, state, full_since
           from ${schema}.seats where session_id = any ($1)`,
    values: [plainArray([...sessionIds])],
  });
  const placed = new Map<string, PlacedSeats>();
  for (const [id, p, seq, capacity, reserved, held, state, fullSince] of rows) {
    placed.set(id, { p, seq, seats: { capacity, reserved, held, state, fullSince } });
  }
  return placed;
}

export async function loadHolds(client: pg.ClientBase, schema: string, holdIds: readonly string[]): Promise<Holds> {
  if (holdIds.length === 0) return new Map();
  const { rows } = await client.query<Hold & { holdId: string }>({
    name: `holds-${schema}`,
    text: `select hold_id as "holdId", session_id as "sessionId", seats from ${schema}.hold where hold_id = any ($1)`,
    values: [plainArray(holdIds)],
  });
  return new Map(rows.map(({ holdId, sessionId, seats }) => [holdId, { sessionId, seats }]));
}

export function saveSeats(schema: string, seats: ReadonlyMap<string, PlacedSeats>): Statement {
  const rows = [...seats.values()];
  return {
    name: `save-seats-${schema}`,
    text: `insert into ${schema}.seats
           select * from unnest($1::uuid[], $2::int[], $3::bigint[], $4::int[], $5::int[], $6::int[], $7::text[], $8::timestamptz[])
           on conflict (session_id) do update set seq = excluded.seq, capacity = excluded.capacity, reserved = excluded.reserved,
             held = excluded.held, state = excluded.state, full_since = excluded.full_since`,
    values: [
      plainArray([...seats.keys()]),
      plainArray(rows.map(({ p }) => p)),
      plainArray(rows.map(({ seq }) => seq)),
      plainArray(rows.map(({ seats: { capacity } }) => capacity)),
      plainArray(rows.map(({ seats: { reserved } }) => reserved)),
      plainArray(rows.map(({ seats: { held } }) => held)),
      textArray(rows.map(({ seats: { state } }) => state)),
      plainArray(rows.map(({ seats: { fullSince } }) => instantOrNull(fullSince))),
    ],
  };
}

/** @param known what was loaded: only what differs from it is written */
export function saveHolds(schema: string, known: Holds, now: Holds): Statement[] {
  const over = [...known.keys()].filter((id) => !now.has(id));
  const changed = [...now].filter(([id, { seats }]) => known.get(id)?.seats !== seats);
  const statements: Statement[] = [];
  if (over.length > 0) {
    statements.push({
      name: `end-holds-${schema}`,
      text: `delete from ${schema}.hold where hold_id = any ($1)`,
      values: [plainArray(over)],
    });
  }
  if (changed.length > 0) {
    statements.push({
      name: `save-holds-${schema}`,
      text: `insert into ${schema}.hold select * from unnest($1::uuid[], $2::uuid[], $3::int[])
             on conflict (hold_id) do update set seats = excluded.seats`,
      values: [
        plainArray(changed.map(([id]) => id)),
        plainArray(changed.map(([, { sessionId }]) => sessionId)),
        plainArray(changed.map(([, { seats }]) => seats)),
      ],
    });
  }
  return statements;
}

/** An element of an array of `timestamptz`: no character of it needs quoting. */
export function instantOrNull(instant: number | null): string {
  return instant === null ? 'null' : new Date(instant).toISOString();
}
