import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was looked at before a term may be opened. (R039) */
export class Readiness1764000001002 implements MigrationInterface {
  readonly name = 'Readiness1764000001002';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter table term add readiness jsonb not null default '{}'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('alter table term drop readiness');
  }
}
