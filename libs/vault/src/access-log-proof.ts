import { createSecretKey, type KeyObject } from 'node:crypto';
import type pg from 'pg';
import { inTransaction } from '#platform/subscription/transaction.js';
import { FIRST_HASH, hashAfter, type AccessHead } from './access-entry.js';
import { readHeadFile } from './access-head-file.js';
import { readEntries, readHead } from './access-log-rows.js';

/** The first entry that is not as it was written. Hashes in hexadecimal. */
export interface Contradiction {
  readonly entry: number;
  readonly expected: string;
  readonly found: string;
}

export interface AccessLogProof {
  /** Entries that were checked. */
  readonly entries: number;
  readonly head: AccessHead;
  readonly broken?: Contradiction;
}

const PAGE = 2_000;

/**
 * Recomputes the chain and compares it with its head in the database and with the head outside, at one instant; others
 * may write meanwhile. Of a log that was cut off at its end only the file knows: entries of less than a minute before,
 * which the file never saw, are then told by nothing.
 */
export async function proveAccessLog(pool: pg.Pool, key: Uint8Array, headFile: string): Promise<AccessLogProof> {
  // the file first: the log may only be further than it
  const told = readHeadFile(headFile);
  return inTransaction(
    pool,
    async (client) => {
      const head = await readHead(client);
      const chain = await walk(client, createSecretKey(key), head);
      const broken = chain.broken ?? (told === undefined ? missingFile(head) : await contradictionOf(client, told));
      return { entries: chain.entries, head, ...(broken && { broken }) };
    },
    'begin isolation level repeatable read read only',
  );
}

/** Whether an entry that was once the last is still there as it was. */
export async function contradictionOf(
  db: Pick<pg.PoolClient, 'query'>,
  told: AccessHead,
): Promise<Contradiction | undefined> {
  if (told.n === 0) return undefined;
  const [there] = await readEntries(db, told.n - 1, 1);
  const found = there?.entry.n === told.n ? there.hash : undefined;
  if (found === told.hash) return undefined;
  return { entry: told.n, expected: told.hash, found: found ?? 'no such entry' };
}

async function walk(
  db: Pick<pg.PoolClient, 'query'>,
  key: KeyObject,
  head: AccessHead,
): Promise<{ entries: number; broken?: Contradiction }> {
  let before = FIRST_HASH;
  let entries = 0;
  for (let page = await readEntries(db, 0, PAGE); page.length > 0;) {
    // PostgreSQL prepares the next page while this one is hashed
    const next = readEntries(db, page.at(-1)!.entry.n, PAGE);
    for (const { entry, hash } of page) {
      const expected = hashAfter(before, key, { ...entry, n: entries + 1 });
      if (entry.n !== entries + 1 || expected !== hash) {
        await next;
        return { entries, broken: notAsWritten(entries + 1, entry.n, expected, hash) };
      }
      entries += 1;
      before = hash;
    }
    page = await next;
  }
  if (entries === head.n && before === head.hash) return { entries };
  const expected = entries > head.n ? 'no such entry' : head.hash;
  const found = entries < head.n ? 'no such entry' : before;
  return { entries, broken: { entry: entries === head.n ? entries : Math.min(head.n, entries) + 1, expected, found } };
}

function notAsWritten(n: number, foundN: number, expected: string, hash: string): Contradiction {
  if (foundN !== n) return { entry: n, expected: `entry ${n}`, found: `entry ${foundN}` };
  return { entry: n, expected, found: hash };
}

function missingFile(head: AccessHead): Contradiction | undefined {
  if (head.n === 0) return undefined;
  return { entry: head.n, expected: 'a head file', found: 'none' };
}
