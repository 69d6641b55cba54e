import type pg from 'pg';
import { dateAt, timeAt } from '#calendar/civil-time.js';
import { callAccountAfter, type CallAccount, type CallEvent } from '#contracts/inquiries/call-account.js';
import type { TrafficReported } from '#contracts/inquiries/traffic.events.js';
import { plainArray } from '#platform/log/array-literal.js';
import type { HeardEvent, Projection } from '#platform/subscription/subscriber.js';
import { deskEvents, type DeskEvent } from '../desk/desk-events.js';

export const CALLS = 'calls';

/** Every call with its day and slot, and the carrier's reports: what the numbers of the desk are counted from. (§5.1) */
export const calls: Projection = {
  kind: 'projection',
  name: CALLS,
  sources: ['inquiries'],
  codeVersion: 1,
  tables: (schema) => `
    create table ${schema}.call (
      call_id uuid primary key,
      revision integer not null,
      struck boolean not null,
      received_at timestamptz not null,
      date date not null,
      -- of the half hour in which it came in, in Tokyo
      slot text not null,
      account jsonb not null
    );
    create index call_of_day on ${schema}.call (date, received_at, call_id);
    create table ${schema}.traffic (
      traffic_id uuid primary key, revision integer not null, date date not null, line text not null, slots jsonb not null
    );
    create index traffic_of_day on ${schema}.traffic (date)`,
  read: readDeskEvent,
  apply: async (batch, { client, schema }) => {
    const events = batch.map((heard) => heard as Pick<HeardEvent, 'type' | 'data'> as DeskEvent);
    await foldCalls(client, schema, events.filter(isOfCall));
    for (const event of events) if (event.type === 'TrafficReported') await saveTraffic(client, schema, event);
  },
};

export function readDeskEvent(heard: HeardEvent): HeardEvent {
  const read = deskEvents.read(heard.type, heard.schemaVersion, heard.data);
  return read.data === heard.data ? heard : { ...heard, data: read.data };
}

const OF_CALL: readonly string[] = ['CallReceived', 'CallAnswered', 'CallAbandoned', 'CallClosed', 'CallRestated', 'CallStruck']; // prettier-ignore

function isOfCall(event: DeskEvent): event is CallEvent {
  return OF_CALL.includes(event.type);
}

async function foldCalls(client: pg.ClientBase, schema: string, events: readonly CallEvent[]): Promise<void> {
  if (events.length === 0) return;
  const ids = plainArray([...new Set(events.map(({ data }) => data.callId))]);
  const { rows } = await client.query<{ account: CallAccount }>(
    `select account from ${schema}.call where call_id = any ($1)`,
    [ids],
  );
  const known = new Map(rows.map(({ account }) => [account.callId, account]));
  for (const event of events) {
    const account = callAccountAfter(known.get(event.data.callId), event);
    if (account !== undefined) known.set(account.callId, account);
  }
  await client.query(
    `insert into ${schema}.call select * from jsonb_populate_recordset(null::${schema}.call, $1::jsonb)
     on conflict (call_id) do update set revision = excluded.revision, struck = excluded.struck,
       received_at = excluded.received_at, date = excluded.date, slot = excluded.slot, account = excluded.account`,
    [JSON.stringify([...known.values()].map(callRow))],
  );
}

function callRow(account: CallAccount): object {
  const at = Date.parse(account.receivedAt);
  return {
    ...{ call_id: account.callId, revision: account.callRevision, struck: account.struck ?? false },
    ...{ received_at: account.receivedAt, date: dateAt(at), slot: halfHourOf(at), account },
  };
}

/** `09:30` of 09:59:59. */
export function halfHourOf(instant: number): string {
  const time = timeAt(instant);
  return `${time.slice(0, 3)}${time.slice(3) < '30' ? '00' : '30'}`;
}

async function saveTraffic(client: pg.ClientBase, schema: string, { data }: TrafficReported): Promise<void> {
  await client.query(
    `insert into ${schema}.traffic values ($1, $2, $3, $4, $5)
     on conflict (traffic_id) do update set revision = excluded.revision, slots = excluded.slots
     where traffic.revision < excluded.revision`,
    [data.trafficId, data.trafficRevision, data.date, data.line, JSON.stringify(data.slots)],
  );
}
