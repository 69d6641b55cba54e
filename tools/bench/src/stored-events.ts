import { publishTypes } from '#platform/log/event-log.js';
import { partitionOf } from '#platform/log/partition.js';
import { RehearsalLog } from '#platform/rehearsal/rehearsal-log.js';
import { session } from '#platform/rehearsal/small-session.js';
import type pg from 'pg';

const CHUNK = 50_000;

/** A log with `count` published events of about 500 bytes over `streams` streams, written past the lanes to save time. */
export async function storedEvents(
  count: number,
  streams: number,
  progress: (line: string) => void,
): Promise<RehearsalLog> {
  const log = await RehearsalLog.make();
  await publishTypes(log.pool, ['Reserved']);
  await log.pool.query('create table bench_stream (n integer primary key, stream text, p integer)');
  const names = Array.from({ length: streams }, (_, i) => session(`bench-${i}`).name);
  await log.pool.query('insert into bench_stream select * from unnest($1::int[], $2::text[], $3::int[])', [
    names.map((_, i) => i),
    names,
    names.map((name) => partitionOf(name, 8)),
  ]);
  for (let from = 0; from < count; from += CHUNK) {
    progress(`storing events: ${from.toLocaleString('en')} of ${count.toLocaleString('en')}`);
    await log.pool.query(
      `insert into events (p, seq, stream, version, event_id, type, schema_version, command_id, at, data, metadata)
       select s.p, c.next - 1 + row_number() over (partition by s.p order by i), s.stream, i / $3 + 1, gen_random_uuid(), 'Reserved', 1,
         gen_random_uuid(), to_timestamp(1764000000 + i / 1000), jsonb_build_object('person', 'p' || i, 'filler', repeat('x', 460)), '{}'
       from generate_series($1::int, $2::int - 1) i join bench_stream s on s.n = i % $3 join partitions c on c.p = s.p`,
      [from, Math.min(count, from + CHUNK), streams],
    );
    await log.pool.query(
      'update partitions c set next = (select coalesce(max(seq), 0) + 1 from events e where e.p = c.p)',
    );
  }
  await log.pool.query('vacuum analyze events');
  return log;
}

/** The baseline of everything that reads: the rows of the table by key, a thousand at a time. @returns events per second */
export async function plainRead(pool: pg.Pool, count: number): Promise<number> {
  const start = performance.now();
  let read = 0;
  for (let p = 0; p < 8; p++) {
    for (let seq = 0; ;) {
      const { rows } = await pool.query<{ seq: string }>({
        name: 'plain-read',
        text: `select p, seq, stream, version, event_id, type, schema_version, at, data, metadata from events
               where p = $1 and seq > $2 order by seq limit 1000`,
        values: [p, seq],
      });
      if (rows.length === 0) break;
      read += rows.length;
      seq = Number(rows.at(-1)!.seq);
    }
  }
  if (read !== count) throw new Error(`${read} of ${count} events were read.`);
  return (read * 1000) / (performance.now() - start);
}
