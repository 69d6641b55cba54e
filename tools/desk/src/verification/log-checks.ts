import type pg from 'pg';
import { EventCatalogue } from '#contracts/event-catalogue.js';
import { inquiriesLogContracts } from '#contracts/inquiries/inquiries-log.events.js';
import { noticesEvents } from '#contracts/notices/notices.events.js';
import { reservationsEvents } from '#contracts/reservations/reservations.events.js';
import { partitionOf } from '#platform/log/partition.js';
import { SHOWN, type Finding, type Verified } from './finding.js';

/** What each log may say. */
const CATALOGUES: Readonly<Record<string, { read(type: string, version: number, data: unknown): unknown }>> = {
  reservations: reservationsEvents,
  notices: noticesEvents,
  inquiries: new EventCatalogue(inquiriesLogContracts),
};

/** The log of a service: dense sequences, whole streams, readable events, a command for each (design §3). */
export async function verifyLog(db: pg.Client, service: string): Promise<Verified[]> {
  const { rows } = await db.query<{ n: string }>('select count(*) as n from events');
  const events = `${Number(rows[0]!.n).toLocaleString('en')} events`;
  const verified = async (name: string, looking: Promise<Omit<Finding, 'check'>[]>): Promise<Verified> => {
    const check = `${service}.${name}`;
    return { check, looked: events, findings: (await looking).map((found) => ({ check, ...found })) };
  };
  return [
    await verified('sequences', found(db, SEQUENCES)),
    await verified('counters', found(db, COUNTERS)),
    await verified('streams', found(db, STREAMS)),
    await verified('instants', found(db, INSTANTS)),
    await verified('commands', found(db, COMMANDS)),
    await verified('partitions', misplaced(db)),
    await verified('payloads', unreadable(db, service)),
  ];
}

async function found(db: pg.Client, sql: string): Promise<Omit<Finding, 'check'>[]> {
  return (await db.query<Omit<Finding, 'check'>>(`${sql} limit ${SHOWN}`)).rows;
}

/** 1, 2, 3, … in each partition. */
const SEQUENCES = `
  select 'partition ' || p || ', sequence ' || (before + 1) as row, 'an event' as expected,
    'none up to ' || (seq - 1) as found
  from (select p, seq, lag(seq, 1, 0) over (partition by p order by seq) as before from events) e
  where seq <> before + 1 order by p, seq`;

const COUNTERS = `
  select 'partition ' || c.p as row, 'next ' || coalesce(max(e.seq) + 1, 1) as expected, 'next ' || c.next as found
  from partitions c left join events e using (p) group by c.p, c.next
  having c.next <> coalesce(max(e.seq) + 1, 1) order by c.p`;

const STREAMS = `
  select stream as row, 'versions 1 to ' || count(*) as expected, 'up to ' || max(version) as found
  from events group by stream having max(version) <> count(*) or min(version) <> 1 order by stream`;

const INSTANTS = `
  select 'partition ' || p || ', sequence ' || seq as row, 'at or after ' || before as expected, at::text as found
  from (select p, seq, at, lag(at) over (partition by p order by seq) as before from events) e
  where at < before order by p, seq`;

const COMMANDS = `
  select 'partition ' || p || ', sequence ' || seq as row, 'command ' || command_id as expected, 'none' as found
  from events e where not exists (select from commands c where c.command_id = e.command_id) order by p, seq`;

async function misplaced(db: pg.Client): Promise<Omit<Finding, 'check'>[]> {
  const { rows: counted } = await db.query<{ n: number }>('select count(*)::int as n from partitions');
  const { rows } = await db.query<{ stream: string; p: number }>('select distinct stream, p from events');
  return rows
    .map(({ stream, p }) => ({
      row: stream,
      expected: `partition ${partitionOf(stream, counted[0]!.n)}`,
      found: `partition ${p}`,
    }))
    .filter(({ expected, found: where }) => expected !== where)
    .slice(0, SHOWN);
}

const PAGE = 5_000;

/** Every event by the schema of its version; the messages name fields, never values. */
async function unreadable(db: pg.Client, service: string): Promise<Omit<Finding, 'check'>[]> {
  const catalogue = CATALOGUES[service];
  if (catalogue === undefined) return [];
  const wrong: Omit<Finding, 'check'>[] = [];
  await db.query(`declare payloads cursor for select p, seq, type, schema_version as "version", data from events`);
  for (;;) {
    const { rows } = await db.query<{ p: number; seq: string; type: string; version: number; data: object }>(
      `fetch ${PAGE} from payloads`,
    );
    for (const { p, seq, type, version, data } of rows) {
      try {
        catalogue.read(type, version, data);
      } catch (thrown) {
        wrong.push({
          row: `partition ${p}, sequence ${seq}`,
          expected: `${type}.v${version}`,
          found: (thrown as Error).message,
        });
      }
    }
    if (rows.length < PAGE || wrong.length >= SHOWN) return wrong.slice(0, SHOWN);
  }
}
