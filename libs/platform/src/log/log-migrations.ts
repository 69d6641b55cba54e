import type { MigrationInterface } from 'typeorm';
import { ClockPutBack1764000000005 } from './clock-put-back.migration.js';
import { LogInLists1764000000004 } from './log-in-lists.migration.js';
import { DEFAULT_PARTITIONS, eventLogMigration } from './log.migration.js';

/** What makes a log, or brings an older one up to date. */
export function logMigrations(partitions: number = DEFAULT_PARTITIONS): (new () => MigrationInterface)[] {
  return [eventLogMigration(partitions), LogInLists1764000000004, ClockPutBack1764000000005];
}
