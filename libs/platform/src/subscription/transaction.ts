import type pg from 'pg';

/** Runs `work` in a transaction: committed when it answers, rolled back when it throws. */
export async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (thrown) {
    await client.query('rollback').catch((error: Error) => (broken = error));
    throw thrown;
  } finally {
    client.release(broken);
  }
}
