import type pg from 'pg';
import { Refusal } from '#kernel/refusal.js';
import { isTransient } from '../log/connection.js';
import type { Queryable } from '../log/event-log.js';
import { errorText } from './error-text.js';
import { inTransaction } from './transaction.js';
import type { HeardEvent } from './subscriber.js';

/** A stream whose events wait because one of them could not be applied. */
export interface ParkedStream {
  readonly subscription: string;
  readonly version: number;
  readonly source: string;
  readonly stream: string;
  readonly error: string;
  readonly attempts: number;
  readonly since: number;
  readonly events: number;
}

/** Parked streams of one subscription beyond this mean that the fault is not in the streams: it stops (`too-many-parked`). */
export const PARKING_LIMIT = 100;

export type ParkingPlace = Pick<ParkedStream, 'subscription' | 'version' | 'source'>;

/** Parks a stream with the event that failed, or with one more follower. */
export async function park(
  client: pg.ClientBase,
  place: ParkingPlace,
  events: readonly { event: HeardEvent; error?: string }[],
): Promise<void> {
  for (const { event, error } of events) {
    if (error !== undefined) {
      await client.query(
        'insert into parked_stream (subscription, version, source, stream, error) values ($1, $2, $3, $4, $5) on conflict do nothing',
        [place.subscription, place.version, place.source, event.stream, error],
      );
    }
    await client.query(
      'insert into parked_event (subscription, version, source, p, seq, stream, event) values ($1, $2, $3, $4, $5, $6, $7)',
      [place.subscription, place.version, place.source, event.p, event.seq, event.stream, JSON.stringify(event)],
    );
  }
}

export async function countParked(
  db: Queryable,
  { subscription, version }: Pick<ParkingPlace, 'subscription' | 'version'>,
): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    'select count(*)::int as n from parked_stream where subscription = $1 and version = $2',
    [subscription, version],
  );
  return rows[0]!.n;
}

/** The streams of a source that wait; what a projection says of them is stale, and has to be shown so. */
export async function parkedStreams(db: Queryable, subscription: string, source?: string): Promise<Set<string>> {
  const { rows } = await db.query<{ stream: string }>({
    name: 'streams-parked',
    text: `select k.stream from parked_stream k join subscription s on s.name = k.subscription and s.version = k.version
           where k.subscription = $1 and ($2::text is null or k.source = $2)`,
    values: [subscription, source ?? null],
  });
  return new Set(rows.map(({ stream }) => stream));
}

/** Parked streams of the live versions, the oldest first. */
export async function listParked(db: Queryable, subscription?: string): Promise<ParkedStream[]> {
  const { rows } = await db.query<ParkedStream>(
    `select k.subscription, k.version, k.source, k.stream, k.error, k.attempts, k.since,
       (select count(*)::int from parked_event e
        where e.subscription = k.subscription and e.version = k.version and e.source = k.source and e.stream = k.stream) as events
     from parked_stream k join subscription s on s.name = k.subscription and s.version = k.version
     where $1::text is null or k.subscription = $1 order by k.since`,
    [subscription ?? null],
  );
  return rows;
}

/** The events of a parked stream, in their order, locked: no follower can be added meanwhile. */
async function lockParked(client: pg.ClientBase, { subscription, version, source }: ParkingPlace, stream: string) {
  const values = [subscription, version, source, stream];
  const where = 'subscription = $1 and version = $2 and source = $3 and stream = $4';
  // the position first, in the order of every batch: a batch that could add a follower has ended, or waits
  await client.query(
    `select from position where subscription = $1 and version = $2 and source = $3
       and p = (select p from parked_event where ${where} limit 1) for update`,
    values,
  );
  const { rowCount } = await client.query(`select from parked_stream where ${where} for update`, values);
  if (rowCount === 0) throw new Refusal('not-found', 'not-found', 'This stream is not parked.');
  const { rows } = await client.query<{ event: HeardEvent }>(
    `select event from parked_event where ${where} order by seq`,
    values,
  );
  return rows.map(({ event }) => event);
}

/**
 * Applies a parked stream in order, all of it or nothing.
 * @throws what the first event that still fails throws; the stream stays parked, with one more attempt counted
 */
export async function retryParked(
  pool: pg.Pool,
  parked: ParkingPlace & { stream: string },
  apply: (events: HeardEvent[], client: pg.ClientBase) => Promise<void>,
): Promise<number> {
  const values = [parked.subscription, parked.version, parked.source, parked.stream];
  const where = 'subscription = $1 and version = $2 and source = $3 and stream = $4';
  try {
    return await inTransaction(pool, async (client) => {
      const events = await lockParked(client, parked, parked.stream);
      for (const event of events) await apply([event], client);
      await client.query(`delete from parked_stream where ${where}`, values);
      return events.length;
    });
  } catch (thrown) {
    // Nothing was tried, or nothing is known: no attempt
    if ((thrown instanceof Refusal && thrown.slug === 'not-found') || isTransient(thrown)) throw thrown;
    await pool.query(`update parked_stream set attempts = attempts + 1, error = $5 where ${where}`, [
      ...values,
      errorText(thrown),
    ]);
    throw thrown;
  }
}

/** Gives up a parked stream's waiting events for good; later ones are applied again. What and why is kept. */
export async function dropParked(
  pool: pg.Pool,
  parked: ParkingPlace & { stream: string },
  reason: string,
  account: string,
): Promise<number> {
  if (reason.trim() === '') throw new Refusal('reason-missing', 'invalid', 'Say why these events are given up.');
  const values = [parked.subscription, parked.version, parked.source, parked.stream];
  return inTransaction(pool, async (client) => {
    const events = await lockParked(client, parked, parked.stream);
    await client.query(
      `insert into dropped_event (subscription, version, source, p, seq, stream, event, error, reason, account)
       select e.subscription, e.version, e.source, e.p, e.seq, e.stream, e.event, k.error, $5, $6
       from parked_event e join parked_stream k using (subscription, version, source, stream)
       where e.subscription = $1 and e.version = $2 and e.source = $3 and e.stream = $4`,
      [...values, reason, account],
    );
    await client.query(
      'delete from parked_stream where subscription = $1 and version = $2 and source = $3 and stream = $4',
      values,
    );
    return events.length;
  });
}
