import type pg from 'pg';
import type { Queryable } from '../log/event-log.js';
import type { Subscriber } from './subscriber.js';

/** How far a subscription has come in one partition of a source. */
export interface SubscriptionPosition {
  readonly source: string;
  readonly p: number;
  readonly logId: string | null;
  /** The sequence it waits for. */
  readonly next: number;
  readonly lastEventId: string | null;
  readonly lastAt: number | null;
}

const COLUMNS = `o.source, o.p, o.log_id as "logId", o.next_seq as next, o.last_event_id as "lastEventId", o.last_at as "lastAt"`;

/** Makes the subscription known; its tables are version 1 until a rebuild. */
export async function ensureSubscription(
  db: Queryable,
  { name, kind, ...rest }: Subscriber,
): Promise<{ version: number; codeVersion: number }> {
  const codeVersion = 'codeVersion' in rest ? rest.codeVersion : 1;
  await db.query(
    'insert into subscription (name, kind, version, code_version) values ($1, $2, 1, $3) on conflict do nothing',
    [name, kind, codeVersion],
  );
  const { rows } = await db.query<{ version: number; codeVersion: number }>(
    'select version, code_version as "codeVersion" from subscription where name = $1',
    [name],
  );
  return rows[0]!;
}

/** Makes a position for every partition of the source that has none. */
export async function ensurePositions(
  db: Queryable,
  name: string,
  version: number,
  source: string,
  partitions: number,
): Promise<void> {
  await db.query(
    `insert into position (subscription, version, source, p, next_seq)
     select $1, $2, $3, p, 1 from generate_series(0, $4::int - 1) p on conflict do nothing`,
    [name, version, source, partitions],
  );
}

/** Positions of the live version, or of the one named. */
export async function readPositions(
  db: Queryable,
  name: string,
  source: string,
  version?: number,
): Promise<SubscriptionPosition[]> {
  const { rows } = await db.query<SubscriptionPosition>({
    name: version === undefined ? 'positions' : 'positions-of-version',
    text: `select ${COLUMNS} from position o join subscription s on s.name = o.subscription
           where o.subscription = $1 and o.source = $2 and o.version = ${version === undefined ? 's.version' : '$3'} order by o.p`,
    values: version === undefined ? [name, source] : [name, source, version],
  });
  return rows;
}

/** Which version of the tables is read and fed. */
export async function liveVersion(db: Queryable, name: string): Promise<number> {
  const { rows } = await db.query<{ version: number }>({
    name: 'live-version',
    text: 'select version from subscription where name = $1',
    values: [name],
  });
  return rows[0]!.version;
}

export interface LockedPositions {
  readonly positions: ReadonlyMap<number, SubscriptionPosition>;
  readonly version: number;
  /** The version of the code that made the live tables. */
  readonly codeVersion: number;
  /** Streams whose events go to the parking. */
  readonly parked: ReadonlySet<string>;
}

/** Whose positions are locked: those of a version being rebuilt, or the live ones if this code made their tables. */
export type LockTarget = { readonly version: number } | { readonly codeVersion: number };

/**
 * Locks positions for the transaction; those that another process is working on are left out. The version is read in
 * the same breath, so a batch never goes into tables that a rebuild has just replaced, nor into those of newer code.
 * The positions are locked before the version: whoever finds them taken by a swap must not hold up the swap.
 * What is parked is read in a second statement: in the first it would be what was parked before the wait for the lock,
 * and a follower would overtake a stream that another process has just parked.
 */
export async function lockPositions(
  client: pg.ClientBase,
  name: string,
  source: string,
  partitions: readonly number[],
  target: LockTarget,
): Promise<LockedPositions> {
  const live = 'codeVersion' in target;
  const of = live ? target.codeVersion : target.version;
  const [locked, known] = await Promise.all([
    client.query<SubscriptionPosition>({
      name: live ? 'lock-positions' : 'lock-positions-of-version',
      text: `select ${COLUMNS} from position o join subscription s on s.name = o.subscription
             where o.subscription = $1 and o.source = $2 and o.p = any ($3)
               and ${live ? 'o.version = s.version and s.code_version = $4' : 'o.version = $4'}
             order by o.p for update of o skip locked for share of s`,
      values: [name, source, partitions, of],
    }),
    client.query<{ version: number; codeVersion: number; parked: string[] }>({
      name: live ? 'parked-streams' : 'parked-streams-of-version',
      text: `select s.version, s.code_version as "codeVersion", array(
               select k.stream from parked_stream k
               where k.subscription = s.name and k.source = $2 and k.version = ${live ? 's.version' : '$3'}) as parked
             from subscription s where s.name = $1`,
      values: live ? [name, source] : [name, source, of],
    }),
  ]);
  const subscription = known.rows[0];
  return {
    positions: new Map(locked.rows.map((row) => [row.p, row])),
    version: live ? (subscription?.version ?? 0) : of,
    codeVersion: subscription?.codeVersion ?? 0,
    parked: new Set(subscription?.parked),
  };
}

export interface MovedPosition {
  readonly p: number;
  readonly next: number;
  readonly logId: string;
  readonly lastEventId: string;
  readonly lastAt: number;
}

/** Moves locked positions forward. */
export function movePositions(
  client: pg.ClientBase,
  name: string,
  version: number,
  source: string,
  moved: readonly MovedPosition[],
): Promise<unknown> {
  return client.query({
    name: 'move-positions',
    text: `update position o set next_seq = m.next, log_id = m.log_id, last_event_id = m.event_id, last_at = m.at, moved_at = clock_timestamp()
           from unnest($4::int[], $5::bigint[], $6::uuid[], $7::uuid[], $8::timestamptz[]) m(p, next, log_id, event_id, at)
           where o.subscription = $1 and o.version = $2 and o.source = $3 and o.p = m.p`,
    values: [
      name,
      version,
      source,
      moved.map(({ p }) => p),
      moved.map(({ next }) => next),
      moved.map(({ logId }) => logId),
      moved.map(({ lastEventId }) => lastEventId),
      moved.map(({ lastAt }) => new Date(lastAt).toISOString()),
    ],
  });
}
