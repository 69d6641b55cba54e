import type pg from 'pg';
import type { AccessEntry } from './access-entry.js';

export interface AccessLogSettings {
  /** Of the service's own database; the log uses one connection at a time. */
  readonly pool: pg.Pool;
  /** `KeyDirectory.keyOf('access-log')`. */
  readonly key: Uint8Array;
  /** Outside the database: where the head is written every minute and at close. */
  readonly headFile: string;
}

export class AccessLog {
  static async open(_settings: AccessLogSettings): Promise<AccessLog> {
    throw new Error('in work');
  }

  /** Resolves when the entry is committed: the answer may leave after. */
  async write(_entry: AccessEntry): Promise<void> {
    throw new Error('in work');
  }

  async close(): Promise<void> {}
}
