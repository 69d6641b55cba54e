import type { MigrationInterface, QueryRunner } from 'typeorm';

export class BatchViews1764000001020 implements MigrationInterface {
  readonly name = 'BatchViews1764000001020';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table batch_view (
        batch_id uuid, viewed_by uuid, viewed_at bigint not null, primary key (batch_id, viewed_by)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table batch_view');
  }
}
