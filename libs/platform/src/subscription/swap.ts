import type pg from 'pg';
import { checksumOf, differencesOf, sameShape, type Checksum, type Difference } from './checksum.js';
import { readPositions, type SubscriptionPosition } from './positions.js';
import type { Bounds, RebuildListener } from './rebuild-listener.js';
import { schemaOf, type Projection } from './subscriber.js';
import type { Target } from './subscription.js';
import { lockTables } from './table-locks.js';
import { rollBack } from './transaction.js';

export interface Comparison {
  readonly before: Checksum;
  readonly after: Checksum;
  /** Whether every row is the same; undefined if the two cannot be compared: another log, or tables of another shape. */
  readonly equal: boolean | undefined;
  readonly differences: readonly Difference[];
}

/** How long the live version is held for the last events, milliseconds. */
const HOLD = 5_000;

/**
 * Holds the live version, fills the new one to the same place, compares, and renames: one transaction.
 * @param compareOnly leaves the live version where it is
 * @returns nothing if it could not be done just now; then nothing has changed
 */
export async function swap(
  client: pg.ClientBase,
  projection: Projection,
  target: Target,
  listener: RebuildListener,
  foreign: ReadonlySet<string>,
  compareOnly = false,
): Promise<Comparison | undefined> {
  const { name } = projection;
  const schema = schemaOf(name);
  await client.query('begin');
  try {
    await client.query(`set local lock_timeout = '2s'; set local statement_timeout = '15min';
                        set local idle_in_transaction_session_timeout = '1min'`);
    const live = await holdLive(client, name);
    await listener.freeze(async () => frozenBounds(live, await readTarget(client, name, target), foreign));
    const fresh = (await filled(listener)) ? await readTarget(client, name, target) : undefined;
    if (fresh === undefined || !(await lockTables(client, schema))) {
      await rollBack(client);
      listener.thaw();
      return undefined;
    }
    const comparison = await compare(client, schema, target.schema, live, fresh, foreign);
    if (compareOnly) {
      await rollBack(client);
      return comparison;
    }
    await client.query('select from subscription where name = $1 for update', [name]);
    await client.query(`drop schema if exists ${schema} cascade; alter schema ${target.schema} rename to ${schema}`);
    const values = [name, target.version];
    await client.query('update subscription set version = $2, code_version = $3 where name = $1', [
      ...values,
      projection.codeVersion,
    ]);
    await client.query('delete from position where subscription = $1 and version <> $2', values);
    await client.query('delete from parked_stream where subscription = $1 and version <> $2', values);
    await client.query('commit');
    return comparison;
  } catch (thrown) {
    await rollBack(client);
    listener.thaw();
    // A batch, a retry or a reader has kept a lock for long
    if ((thrown as { code?: string }).code === '55P03') return undefined;
    throw thrown;
  }
}

/** Locks the live positions: a batch under way ends first, and further ones find nothing to do. */
async function holdLive(client: pg.ClientBase, name: string): Promise<SubscriptionPosition[]> {
  const { rows } = await client.query<SubscriptionPosition>(
    `select o.source, o.p, o.log_id as "logId", o.next_seq as next, o.last_event_id as "lastEventId", o.last_at as "lastAt"
     from position o where o.subscription = $1 and o.version = (select version from subscription where name = $1)
     order by o.source, o.p for update`,
    [name],
  );
  return rows;
}

async function readTarget(client: pg.ClientBase, name: string, { version }: Target): Promise<SubscriptionPosition[]> {
  const { rows } = await client.query<{ source: string }>(
    'select distinct source from position where subscription = $1 and version = $2',
    [name, version],
  );
  const positions: SubscriptionPosition[] = [];
  for (const { source } of rows) positions.push(...(await readPositions(client, name, source, version)));
  return positions;
}

function frozenBounds(
  live: readonly SubscriptionPosition[],
  fresh: readonly SubscriptionPosition[],
  foreign: ReadonlySet<string>,
): Bounds {
  return new Map(
    fresh.map(({ source, p, next }) => {
      const at = foreign.has(source) ? undefined : live.find((one) => one.source === source && one.p === p);
      return [`${source}/${p}`, at?.next ?? next];
    }),
  );
}

async function filled(listener: RebuildListener): Promise<boolean> {
  for (const end = performance.now() + HOLD; !listener.full;) {
    if (performance.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return true;
}

async function compare(
  client: pg.ClientBase,
  schema: string,
  freshSchema: string,
  live: readonly SubscriptionPosition[],
  fresh: readonly SubscriptionPosition[],
  foreign: ReadonlySet<string>,
): Promise<Comparison> {
  const behind = live.find(
    (at) => !foreign.has(at.source) && !fresh.some((one) => samePlace(one, at) && one.next >= at.next),
  );
  if (behind !== undefined) throw new Error(`The new version is behind in partition ${behind.p} of ${behind.source}.`);
  const [before, after] = [await checksumOf(client, schema), await checksumOf(client, freshSchema)];
  const comparable =
    fresh.every((one) => live.some((at) => samePlace(one, at) && at.lastEventId === one.lastEventId)) &&
    (await sameShape(client, schema, freshSchema));
  const equal = comparable ? before.hash === after.hash : undefined;
  return {
    before,
    after,
    equal,
    differences: equal === false ? await differencesOf(client, schema, freshSchema) : [],
  };
}

function samePlace(one: SubscriptionPosition, other: SubscriptionPosition): boolean {
  return one.source === other.source && one.p === other.p;
}
