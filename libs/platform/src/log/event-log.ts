import type { Envelope } from '#kernel/envelope.js';
import type pg from 'pg';
import { EVENT_COLUMNS, envelopeOf } from './row.js';

/** Where a partition stands: the sequence the next event will get, and the instant of the last. */
export interface PartitionHead {
  readonly p: number;
  readonly next: number;
  readonly lastAt: number;
}

/** A pool or a client: whatever can ask. */
export type Queryable = Pick<pg.Pool | pg.PoolClient, 'query'>;

export async function readLogId(db: Queryable): Promise<string> {
  const { rows } = await db.query<{ log_id: string }>('select log_id from log');
  return rows[0]!.log_id;
}

/**
 * To be called once after a log was restored from a backup: numbers given after the backup was made will be given
 * again to other events, so every consumer must learn that this is another log (design §3 "Another log").
 */
export async function renewLogId(db: Queryable): Promise<string> {
  const { rows } = await db.query<{ log_id: string }>('update log set log_id = gen_random_uuid() returning log_id');
  return rows[0]!.log_id;
}

/** Heads of the partitions asked for, or of all, ascending. */
export async function readHeads(db: Queryable, partitions?: readonly number[]): Promise<PartitionHead[]> {
  const { rows } = await db.query<{ p: number; next: number; last_at: number }>({
    name: partitions ? 'heads-of' : 'heads',
    text: `select p, next, last_at from partitions ${partitions ? 'where p = any ($1)' : ''} order by p`,
    values: partitions ? [partitions] : [],
  });
  return rows.map(({ p, next, last_at }) => ({ p, next, lastAt: last_at }));
}

/** Every event of the streams, in the order of each stream. */
export async function readStreams(db: Queryable, streams: readonly string[]): Promise<Envelope[]> {
  const { rows } = await db.query({
    name: 'read-streams',
    text: `select ${EVENT_COLUMNS} from events where stream = any ($1) order by stream, version`,
    values: [streams],
  });
  return rows.map(envelopeOf);
}

/**
 * Up to `limit` events of a partition from `seq` on, in order.
 * @param relation `events` for the owner; `published_events` for others
 */
export async function readPartition(
  db: Queryable,
  relation: 'events' | 'published_events',
  p: number,
  seq: number,
  limit: number,
): Promise<Envelope[]> {
  const { rows } = await db.query({
    name: `read-${relation}`,
    text: `select ${EVENT_COLUMNS} from ${relation} where p = $1 and seq >= $2 order by seq limit $3`,
    values: [p, seq, limit],
  });
  return rows.map(envelopeOf);
}

/** Tells PostgreSQL which types other services may see; all others travel as `Internal.v1 {}`. */
export async function publishTypes(db: Queryable, types: readonly string[]): Promise<void> {
  await db.query(
    `with gone as (delete from published_types where type <> all ($1))
     insert into published_types select unnest($1::text[]) on conflict do nothing`,
    [types],
  );
}
