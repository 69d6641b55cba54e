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

/**
 * Sends statements of a transaction without waiting for their answers. One that PostgreSQL refuses spoils the transaction,
 * and what is sent behind it; but one that pg itself refuses never gets there, and a commit behind it would do without it.
 * That is known by the next turn, and thrown.
 * @param client pipelined
 */
export async function sendAll(
  client: pg.ClientBase,
  statements: readonly pg.QueryConfig[],
): Promise<readonly Promise<unknown>[]> {
  if (statements.length === 0) return [];
  let refused: Error | undefined;
  const answers = statements.map((statement) => client.query(statement));
  for (const answer of answers) answer.catch((error: Error) => (refused ??= error));
  await new Promise((resolve) => setImmediate(resolve));
  if (refused !== undefined) throw refused;
  return answers;
}
