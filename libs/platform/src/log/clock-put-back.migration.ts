import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APPEND_EVENTS } from './log-in-lists.migration.js';

/**
 * The clock of a machine without a network is put right by hand. One that is put back stands before the last instant of
 * the log, and goes on from there: `at` is the greater of the two (design §3), so that is what a caller's clock is held against.
 */
export class ClockPutBack1764000000005 implements MigrationInterface {
  name = 'ClockPutBack1764000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      APPEND_EVENTS.replace('if clock_timestamp() not between', 'if greatest(clock_timestamp(), latest) not between'),
    );
  }

  async down(): Promise<void> {
    throw new Error('A log is never taken back: its events are the truth.');
  }
}
