import type pg from 'pg';
import { noticesEvents, type NoticesEvent } from '#contracts/notices/notices.events.js';
import { plainArray } from '#platform/log/array-literal.js';
import type { HeardEvent, Projection } from '#platform/subscription/subscriber.js';
import { batchAfter, type BatchRow } from './batch.row.js';
import { attendeeAfter, noticeAfter, type AttendeeRow, type NoticeRow } from './notice.row.js';

export const NOTICE_LIST = 'notice-list';
export const OWN = 'notices';

/** Notices and batches as lists show them: a fold of the service's own log, and of nothing else. */
export const noticeList: Projection = {
  kind: 'projection',
  name: NOTICE_LIST,
  sources: [OWN],
  codeVersion: 1,
  tables: (schema) => `
    create table ${schema}.notice (
      notice_id uuid primary key, reservation_id uuid not null, revision integer not null, session_id uuid not null,
      person_id uuid not null, person_version integer not null, kind text not null, replaces uuid, state text not null,
      batch_id uuid, serial_no integer, warnings jsonb not null, postal_code_missing boolean not null, lane text,
      handling text not null, agreement_number text, read_out boolean not null, due_at bigint not null, posted_on text,
      predicted_arrival text, reason text, reissued_as uuid
    );
    create index notice_by_state on ${schema}.notice (state, due_at, notice_id);
    create index notice_of_reservation on ${schema}.notice (reservation_id);
    create index notice_in_batch on ${schema}.notice (batch_id);
    create table ${schema}.attendee (
      reservation_id uuid primary key, session_id uuid not null, person_id uuid not null, is_ended boolean not null
    );
    create index attendee_in_session on ${schema}.attendee (session_id);
    create index attendee_is_person on ${schema}.attendee (person_id);
    create table ${schema}.batch (
      batch_id uuid primary key, batch_number integer not null, state text not null, prepared_at bigint not null,
      facts jsonb not null
    )`,
  read: (heard) => {
    const { data } = noticesEvents.read(heard.type, heard.schemaVersion, heard.data);
    return data === heard.data ? heard : { ...heard, data };
  },
  apply: async (batch, { client, schema }) => {
    const [notices, attendees, batches] = await Promise.all([
      load<NoticeRow>(client, schema, NOTICE, namesOf(batch, 'noticeId')),
      load<AttendeeRow>(client, schema, ATTENDEE, namesOf(batch, 'reservationId')),
      load<BatchRow>(client, schema, BATCH, namesOf(batch, 'batchId')),
    ]);
    for (const { type, data, at } of batch) {
      const event = { type, data } as NoticesEvent;
      const ids = data as { noticeId?: string; reservationId?: string; batchId?: string };
      notices.put(ids.noticeId, (row) => noticeAfter(row, event, at));
      attendees.put(ids.reservationId, (row) => attendeeAfter(row, event));
      if (/^Notice(Batch|Withdrawn)/.test(type)) batches.put(ids.batchId, (row) => batchAfter(row, event, at));
    }
    await Promise.all([notices.save(), attendees.save(), batches.save()]);
  },
};

const NOTICE = { table: 'notice', key: 'notice_id' } as const;
const ATTENDEE = { table: 'attendee', key: 'reservation_id' } as const;
const BATCH = { table: 'batch', key: 'batch_id' } as const;

function namesOf(events: readonly HeardEvent[], field: string): string[] {
  const names = events.map(({ data }) => (data as Record<string, string | undefined>)[field]);
  return [...new Set(names.filter((name) => name !== undefined))];
}

/** Rows of a table that a batch of events may change; what has changed is written once. */
async function load<Row extends pg.QueryResultRow>(
  client: pg.ClientBase,
  schema: string,
  { table, key }: { readonly table: string; readonly key: string },
  ids: readonly string[],
) {
  const name = `${schema}.${table}`;
  const known = new Map<string, Row>();
  if (ids.length > 0) {
    const { rows } = await client.query<Row>(`select * from ${name} where ${key} = any ($1)`, [plainArray(ids)]);
    for (const row of rows) known.set(row[key] as string, row);
  }
  const changed = new Map<string, Row>();
  return {
    put(id: string | undefined, after: (row: Row | undefined) => Row | undefined): void {
      if (id === undefined) return;
      const row = after(changed.get(id) ?? known.get(id));
      if (row !== undefined) changed.set(id, row);
    },
    async save(): Promise<void> {
      if (changed.size === 0) return;
      await client.query(`delete from ${name} where ${key} = any ($1)`, [plainArray([...changed.keys()])]);
      await client.query(`insert into ${name} select * from jsonb_populate_recordset(null::${name}, $1::jsonb)`, [
        JSON.stringify([...changed.values()]),
      ]);
    },
  };
}
