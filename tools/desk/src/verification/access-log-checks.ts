import { join } from 'node:path';
import { openPool } from '#platform/log/connection.js';
import { proveAccessLog } from '#vault/access-log-proof.js';
import { readKey } from '#vault/key-file.js';
import type { Verified } from './finding.js';

/** The chain of a service's access log, and its head outside (design §6). */
export async function verifyAccessLog(service: string, databaseUrl: string, keyDirectory: string): Promise<Verified> {
  const check = `${service}.access-log`;
  const key = readKey(join(keyDirectory, 'access-log.key'));
  if (key === undefined) {
    const finding = {
      check,
      row: join(keyDirectory, 'access-log.key'),
      expected: 'the key of the chain',
      found: 'none',
    };
    return { check, looked: 'no key', findings: [finding] };
  }
  const pool = openPool({ url: databaseUrl, name: 'uketsuke-verify' }, 1);
  try {
    const head = join(keyDirectory, `${service}.access-log-head.json`);
    const { entries, broken } = await proveAccessLog(pool, key, head);
    const looked = `${entries.toLocaleString('en')} entries`;
    if (broken === undefined) return { check, looked, findings: [] };
    const { entry, expected, found } = broken;
    return { check, looked, findings: [{ check, row: `entry ${entry}`, expected, found }] };
  } catch (thrown) {
    return {
      check,
      looked: 'unreadable',
      findings: [{ check, row: service, expected: 'a chain', found: (thrown as Error).message }],
    };
  } finally {
    await pool.end();
  }
}
