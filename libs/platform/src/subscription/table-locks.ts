import type pg from 'pg';
import { MARKER, tablesOf } from './projection-tables.js';

/**
 * How long readers are kept waiting at a time, milliseconds: below PostgreSQL's `deadlock_timeout` of a second, or it
 * might end a reader who holds one table and wants another.
 */
const LOCK_WAIT = 300;
const LOCK_TRIES = 20;

/** Waits for the readers of the live tables, a little at a time, so that other readers need not wait long behind it. */
export async function lockTables(client: pg.ClientBase, schema: string): Promise<boolean> {
  const tables = [MARKER, ...(await tablesOf(client, schema))].map((table) => `${schema}.${table}`);
  const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [tables[0]]);
  if (!rows[0]!.there) return true;
  await client.query(`set local lock_timeout = '${LOCK_WAIT}ms'`);
  for (let i = 0; i < LOCK_TRIES; i++) {
    await client.query('savepoint tables');
    try {
      await client.query(`lock table ${tables.join(', ')} in access exclusive mode`);
      return true;
    } catch (thrown) {
      if ((thrown as { code?: string }).code !== '55P03') throw thrown;
      await client.query('rollback to savepoint tables');
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
