import type pg from 'pg';
import { inTransaction } from './transaction.js';

/** Clears away what an unfinished rebuild has left in `schema`; never the live version, whatever became of a swap. */
export async function discardVersion(pool: pg.Pool, name: string, schema: string): Promise<void> {
  const version = Number(/_v(\d+)$/.exec(schema)![1]);
  await inTransaction(pool, async (client) => {
    // In the order of every batch and of the swap: positions, then the subscription
    await client.query('select from position where subscription = $1 and version = $2 for update', [name, version]);
    // A statement of its own: a swap may be committing just now
    await client.query('select from subscription where name = $1 for update', [name]);
    const unless = 'version = $2 and version <> (select version from subscription where name = $1)';
    await client.query(`delete from position where subscription = $1 and ${unless}`, [name, version]);
    await client.query(`delete from parked_stream where subscription = $1 and ${unless}`, [name, version]);
    await client.query(`drop schema if exists ${schema} cascade`);
  });
}
