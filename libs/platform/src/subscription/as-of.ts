import type pg from 'pg';
import type { Queryable } from '../log/event-log.js';
import { formatPosition } from './position-token.js';
import { readPositions } from './positions.js';
import { MARKER } from './projection-tables.js';
import { schemaOf } from './subscriber.js';
import { inTransaction } from './transaction.js';

/** What an answer is made of: every event up to `position`, the last of them committed at `instant`. */
export interface AsOf {
  /** ISO 8601; null before the first event. */
  readonly instant: string | null;
  /** As `Uketsuke-Position`; null before the first event. */
  readonly position: string | null;
}

/** Where a projection stands in one of its sources; as exact as the snapshot of `db`. */
export async function asOf(db: Queryable, subscription: string, source: string): Promise<AsOf> {
  const heard = (await readPositions(db, subscription, source)).filter(({ logId }) => logId !== null);
  if (heard.length === 0) return { instant: null, position: null };
  return {
    instant: new Date(Math.max(...heard.map(({ lastAt }) => lastAt!))).toISOString(),
    position: formatPosition({
      logId: heard[0]!.logId!,
      positions: heard.map(({ p, next }) => ({ p, seq: next - 1 })),
    })!,
  };
}

/**
 * Reads rows of a projection, in as many statements as it takes, together with the position they were read at. A
 * rebuild is kept from swapping meanwhile: to an open snapshot, tables filled after it began would look empty.
 */
export async function readAsOf<Rows>(
  pool: pg.Pool,
  subscription: string,
  source: string,
  read: (client: pg.ClientBase, schema: string) => Promise<Rows>,
): Promise<{ readonly asOf: AsOf; readonly rows: Rows }> {
  const schema = schemaOf(subscription);
  return inTransaction(
    pool,
    async (client) => {
      // The lock comes before the snapshot: `lock table` takes none, the first query does
      await client.query(`lock table ${schema}.${MARKER} in access share mode`);
      return { asOf: await asOf(client, subscription, source), rows: await read(client, schema) };
    },
    'begin isolation level repeatable read read only',
  );
}
