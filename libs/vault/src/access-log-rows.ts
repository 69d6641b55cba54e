import type pg from 'pg';
import type { AccessHead, ChainedEntry } from './access-entry.js';

type Db = Pick<pg.Pool | pg.PoolClient, 'query'>;

/** @param lock holds it until the transaction ends: nobody else writes meanwhile */
export async function readHead(db: Db, lock = false): Promise<AccessHead> {
  const { rows } = await db.query<{ n: number; hash: string }>(
    `select n::float8 as n, hash from access_log_head ${lock ? 'for update' : ''}`,
  );
  if (rows[0] === undefined) throw new Error('The head row of the access log is gone: verify the log.');
  return rows[0];
}

/**
 * Appends when `before` is still the head, in one statement: the update waits for whoever writes, and compares again.
 * @returns whether it was
 */
export async function appendEntries(
  db: Db,
  before: AccessHead,
  entries: readonly ChainedEntry[],
  hashes: readonly string[],
): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'append-access-log',
    text: APPEND,
    values: [
      before.n,
      before.hash,
      entries.at(-1)!.n,
      hashes.at(-1)!,
      entries.map(({ n }) => n),
      entries.map(({ at }) => at),
      entries.map(({ accountId }) => accountId),
      entries.map(({ action }) => action),
      entries.map(({ purpose }) => purpose),
      // unnest would flatten a list of lists
      entries.map(({ subjects }) => `{${subjects.join(',')}}`),
      entries.map(({ outcome }) => outcome),
      entries.map(({ correlationId }) => correlationId ?? null),
      hashes,
    ],
  });
  return rowCount === entries.length;
}

const APPEND = `
  with head as (
    update access_log_head set n = $3, hash = $4 where n = $1 and hash = $2 returning n
  )
  insert into access_log (n, at, account_id, action, purpose, subjects, outcome, correlation_id, hash)
  select u.n, u.at, u.account_id, u.action, u.purpose, u.subjects::uuid[], u.outcome, u.correlation_id, u.hash
  from head, unnest(
    $5::bigint[], $6::bigint[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[]
  ) u(n, at, account_id, action, purpose, subjects, outcome, correlation_id, hash)
`;

/**
 * The `limit` entries behind the `after`th, in order, with the hashes that stand there; fewer when some are gone. Asked for
 * by range: a young table has no statistics, and `limit` alone made PostgreSQL sort all of it for each page.
 */
export async function readEntries(
  db: Db,
  after: number,
  limit: number,
): Promise<{ entry: ChainedEntry; hash: string }[]> {
  const { rows } = await db.query<Row>({
    name: 'read-access-log',
    text: `select n::float8, at::float8, account_id, action, purpose, subjects::text, outcome,
             correlation_id, hash
           from access_log where n > $1 and n <= $2 order by n`,
    values: [after, after + limit],
    rowMode: 'array',
  } as never);
  return rows.map(([n, at, accountId, action, purpose, subjects, outcome, correlationId, hash]) => ({
    entry: {
      n,
      at,
      accountId,
      action: action as ChainedEntry['action'],
      purpose,
      subjects: subjects === '{}' ? [] : subjects.slice(1, -1).split(','),
      outcome,
      ...(correlationId !== null && { correlationId }),
    },
    hash,
  }));
}

type Row = [number, number, string, string, string, string, string, string | null, string];
