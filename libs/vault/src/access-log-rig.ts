import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { newId } from '#kernel/ids.js';
import { openPool } from '#platform/log/connection.js';
import { migrate } from '#platform/log/migrate.js';
import { testDatabase } from '#servers/test-database.js';
import { FIRST_HASH, type AccessEntry } from './access-entry.js';
import { proveAccessLog, type AccessLogProof } from './access-log-proof.js';
import { AccessLog, type AccessLogSettings } from './access-log.js';
import { AccessLog1764000000010 } from './access-log.migration.js';

/** An access log of its own for a spec, and what only a thief can do to it. */
export class AccessLogRig {
  readonly key = randomBytes(32);
  /** What the logs said was wrong. */
  readonly troubles: string[] = [];
  private readonly opened: AccessLog[] = [];

  private constructor(
    readonly pool: pg.Pool,
    readonly headFile: string,
    private readonly drop: () => Promise<void>,
  ) {}

  static async make(): Promise<AccessLogRig> {
    const { url, drop } = await testDatabase();
    await migrate(url, [AccessLog1764000000010]);
    const folder = await mkdtemp(join(tmpdir(), 'head-'));
    return new AccessLogRig(openPool({ url, name: 'spec' }), join(folder, 'reservations.head'), async () => {
      await rm(folder, { recursive: true });
      await drop();
    });
  }

  /** One more process on the same database. */
  async open(settings: Partial<AccessLogSettings> = {}): Promise<AccessLog> {
    const { pool, key, headFile } = this;
    const log = await AccessLog.open({
      pool,
      key,
      headFile,
      onTrouble: (told) => this.troubles.push(told),
      ...settings,
    });
    this.opened.push(log);
    return log;
  }

  prove(): Promise<AccessLogProof> {
    return proveAccessLog(this.pool, this.key, this.headFile);
  }

  async rows(): Promise<Record<string, unknown>[]> {
    return (await this.pool.query<Record<string, unknown>>('select * from access_log order by n')).rows;
  }

  /** With the triggers off, as the owner of the database could. */
  async tamper(sql: string): Promise<void> {
    const client = await this.pool.connect();
    try {
      await client.query('set session_replication_role = replica');
      await client.query(sql);
    } finally {
      await client.query('set session_replication_role = origin');
      client.release();
    }
  }

  /** As on the first day; faster than another database. */
  async startAnew(): Promise<void> {
    await this.closeLogs();
    await this.tamper(`truncate access_log; update access_log_head set n = 0, hash = '${FIRST_HASH}'`);
    await rm(this.headFile, { force: true });
    this.troubles.length = 0;
  }

  async close(): Promise<void> {
    await this.closeLogs();
    await this.pool.end();
    await this.drop();
  }

  private async closeLogs(): Promise<void> {
    for (const log of this.opened.splice(0)) await log.close();
  }
}

export function accessEntry(change: Partial<AccessEntry> = {}): AccessEntry {
  return { accountId: 'op1', action: 'search', purpose: 'booking', subjects: [newId()], outcome: 'found', ...change };
}
