import type pg from 'pg';
import { inTransaction } from '#platform/subscription/transaction.js';

/**
 * Runs `work` in a transaction that no other of the same name runs beside. Two statements: one that waits for the lock and looks
 * in the same breath would see what was there before it waited.
 */
export function oneAtATime<Result>(
  pool: pg.Pool,
  name: string,
  work: (client: pg.ClientBase) => Promise<Result>,
): Promise<Result> {
  return inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
    return work(client);
  });
}
