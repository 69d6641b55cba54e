import { createSecretKey, type KeyObject } from 'node:crypto';
import type pg from 'pg';
import { systemClock, type Clock } from '#kernel/clock.js';
import { inTransaction } from '#platform/subscription/transaction.js';
import { hashAfter, mustBeWritable, type AccessEntry, type AccessHead, type ChainedEntry } from './access-entry.js';
import { readHeadFile, writeHeadFile } from './access-head-file.js';
import { appendEntries, readHead } from './access-log-rows.js';
import { contradictionOf } from './access-log-proof.js';

export interface AccessLogSettings {
  /** Of the service's own database; the log uses one connection at a time. */
  readonly pool: pg.Pool;
  /** `KeyDirectory.keyOf('access-log')`. */
  readonly key: Uint8Array;
  /** Outside the database: where the head is written every minute and at close. */
  readonly headFile: string;
  /** Told when the head file cannot be written, or contradicts the log; then the file stays as it is. */
  readonly onTrouble?: (message: string) => void;
  readonly clock?: Clock;
  readonly headEveryMs?: number;
}

interface Waiting {
  readonly entry: AccessEntry & { readonly at: number };
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const MOST_AT_ONCE = 1_000;

/** The access log of one service (design §6). Several processes write one chain; what waits in one goes together. */
export class AccessLog {
  readonly #key: KeyObject;
  private readonly pool: pg.Pool;
  private readonly clock: Clock;
  private readonly timer: NodeJS.Timeout;
  private readonly waiting: Waiting[] = [];
  /** What this process believes to be the head; undefined when it cannot know. */
  private head: AccessHead | undefined;
  private working: Promise<void> | undefined;
  private closed = false;

  private constructor(private readonly settings: AccessLogSettings) {
    this.#key = createSecretKey(settings.key);
    this.pool = settings.pool;
    this.clock = settings.clock ?? systemClock;
    this.timer = setInterval(() => void this.tellHead(), settings.headEveryMs ?? 60_000);
    this.timer.unref();
  }

  static async open(settings: AccessLogSettings): Promise<AccessLog> {
    const log = new AccessLog(settings);
    await log.tellHead();
    return log;
  }

  /**
   * Resolves when the entry is committed: the answer may leave after. When it rejects, the answer must not leave.
   * @throws Refusal `invalid-body` when the entry holds anything but ids and codes
   */
  async write(entry: AccessEntry): Promise<void> {
    mustBeWritable(entry);
    if (this.closed) throw new Error('The access log is closed.');
    const committed = new Promise<void>((resolve, reject) => {
      this.waiting.push({ entry: { ...entry, at: this.clock.now() }, resolve, reject });
    });
    this.working ??= this.work().finally(() => (this.working = undefined));
    return committed;
  }

  /** Commits what waits and writes the head. */
  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.timer);
    await this.working;
    await this.tellHead();
  }

  private async work(): Promise<void> {
    // whoever else asks in this turn goes along
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, MOST_AT_ONCE);
      try {
        await this.commit(batch.map(({ entry }) => entry));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        // a commit may have succeeded unseen: the next batch asks the database where the chain ends
        this.head = undefined;
        for (const { reject } of batch) reject(error);
      }
    }
  }

  private async commit(entries: readonly Waiting['entry'][]): Promise<void> {
    if (this.head !== undefined && (await this.append(this.pool, this.head, entries))) return;
    try {
      await inTransaction(this.pool, async (client) => {
        const appended = await this.append(client, await readHead(client, true), entries);
        if (!appended) throw new Error('The head of the access log moved although it was locked.');
      });
    } catch (error) {
      this.head = undefined;
      throw error;
    }
  }

  private async append(
    db: Pick<pg.PoolClient, 'query'>,
    before: AccessHead,
    entries: readonly Waiting['entry'][],
  ): Promise<boolean> {
    const chained: ChainedEntry[] = entries.map((entry, i) => ({ ...entry, n: before.n + 1 + i }));
    const hashes: string[] = [];
    for (const entry of chained) hashes.push(hashAfter(hashes.at(-1) ?? before.hash, this.#key, entry));
    if (!(await appendEntries(db, before, chained, hashes))) return false;
    this.head = { n: chained.at(-1)!.n, hash: hashes.at(-1)! };
    return true;
  }

  /** Never over a file that knows of entries the log has lost: it is the only witness. */
  private async tellHead(): Promise<void> {
    const { headFile, onTrouble } = this.settings;
    try {
      const told = readHeadFile(headFile);
      const head = await readHead(this.pool);
      const contradiction = told && (await contradictionOf(this.pool, told));
      if (contradiction !== undefined) {
        onTrouble?.(`The access log contradicts its head file at entry ${contradiction.entry}: run npm run verify.`);
      } else if (told === undefined || head.n > told.n) {
        await writeHeadFile(headFile, head, this.clock.now());
      }
    } catch (error) {
      onTrouble?.(`The head of the access log was not written: ${(error as Error).message}`);
    }
  }
}
