import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 引渡し記録: what left the desk sealed, to whom and how. The password stands nowhere. (P21) */
export class Delivery1764000001006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table delivery (
        delivery_id uuid primary key,
        subject text not null,
        recipient text not null,
        medium text not null,
        tracking text,
        ordered_by text not null,
        ordered_at timestamptz not null default clock_timestamp(),
        sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
        as_of text,
        made_at timestamptz,
        received_on text
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table delivery');
  }
}
