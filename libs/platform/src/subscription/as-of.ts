import type pg from 'pg';
import type { Queryable } from '../log/event-log.js';
import { formatPosition } from './position-token.js';
import { readPositions } from './positions.js';
import { MARKER } from './projection-tables.js';
import { schemaOf } from './subscriber.js';
import { rollBack, withConnection } from './transaction.js';

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
 * @param pool pipelined: what is asked before the rows is sent with them, since the round trips would be the latency
 */
export function readAsOf<Rows>(
  pool: pg.Pool,
  subscription: string,
  source: string,
  read: (client: pg.ClientBase, schema: string) => Promise<Rows>,
): Promise<{ readonly asOf: AsOf; readonly rows: Rows }> {
  const schema = schemaOf(subscription);
  return withConnection(pool, async (client) => {
    const parts = [
      client.query('begin isolation level repeatable read read only'),
      // The lock comes before the snapshot: `lock table` takes none, the first query does
      client.query(`lock table ${schema}.${MARKER} in access share mode`),
      asOf(client, subscription, source),
      read(client, schema),
    ] as const;
    try {
      const [, , at, rows] = await Promise.all(parts);
      // Nothing was written: whoever asked need not wait for the end, and whoever is given the connection next comes after it
      client.query('commit').catch((error: Error) => client.emit('error', error));
      return { asOf: at, rows };
    } catch (thrown) {
      // Whoever still reads must have ended before the connection is somebody else's
      await Promise.allSettled(parts);
      await rollBack(client);
      throw thrown;
    }
  });
}
