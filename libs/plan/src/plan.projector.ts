import type pg from 'pg';
import { reservationsEvents, type ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import { plainArray } from '#platform/log/array-literal.js';
import type { HeardEvent, Projection } from '#platform/subscription/subscriber.js';
import { planAfter, planKeyOf } from './plan.policy.js';
import { PLAN_KINDS, planTables, type PlanKind, type PlanRow } from './plan.row.js';

export const PLAN = 'plan';

/** Terms, venues, courses and class sessions as they are now; each service that needs them keeps its own. */
export const plan: Projection = {
  kind: 'projection',
  name: PLAN,
  sources: ['reservations'],
  codeVersion: 1,
  tables: planTables,
  read: readReservationsEvent,
  apply: async (batch, { client, schema }) => {
    for (const kind of PLAN_KINDS) await foldKind(client, schema, kind, batch);
  },
};

/** An event of the log in today's version; what it throws parks the stream. */
export function readReservationsEvent(heard: HeardEvent): HeardEvent {
  const { type, schemaVersion, data } = heard;
  const read = reservationsEvents.read(type, schemaVersion, data);
  return read.data === data ? heard : { ...heard, data: read.data };
}

/** What `readReservationsEvent` has read: an event with its place around it. */
export function asReservationsEvent(heard: HeardEvent): ReservationsEvent {
  return heard as Pick<HeardEvent, 'type' | 'data'> as ReservationsEvent;
}

async function foldKind(client: pg.ClientBase, schema: string, kind: PlanKind, batch: readonly HeardEvent[]) {
  const changes = batch.flatMap((heard) => {
    const event = asReservationsEvent(heard);
    const key = planKeyOf(event);
    return key?.kind === kind ? [{ event, key, version: heard.version }] : [];
  });
  if (changes.length === 0) return;
  const table = `${schema}.${kind}`;
  const ids = plainArray([...new Set(changes.map(({ key }) => key.id))]);
  const { rows } = await client.query<PlanRow>(
    `select id, plan, state, version::int from ${table} where id = any ($1)`,
    [ids],
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  for (const { event, key, version } of changes) known.set(key.id, planAfter(known.get(key.id), event, key, version));
  await client.query(
    `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)
     on conflict (id) do update set plan = excluded.plan, state = excluded.state, version = excluded.version`,
    [JSON.stringify([...known.values()])],
  );
}
