import type pg from 'pg';

/**
 * Runs `work` on a connection of the pool. A connection that breaks between two statements would otherwise end the
 * process: the pool listens for errors of idle connections only.
 */
export async function withConnection<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const lost = (error: Error) => (broken = error);
  client.on('error', lost);
  try {
    return await work(client);
  } finally {
    client.removeListener('error', lost);
    client.release(broken);
  }
}

/** Rolls back what is left of a transaction; a connection that cannot even do that is not used again. */
export async function rollBack(client: pg.ClientBase): Promise<void> {
  await client.query('rollback').catch((error: Error) => client.emit('error', error));
}

/** Runs `work` in a transaction: committed when it answers, rolled back when it throws. */
export function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
  begin = 'begin',
): Promise<T> {
  return withConnection(pool, async (client) => {
    try {
      await client.query(begin);
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (thrown) {
      await rollBack(client);
      throw thrown;
    }
  });
}
