import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What 様式１ says and no log knows, version by version, and who looked through the access log. (R047, P05) */
export class PrivacyRecord1764000001008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table privacy_record (
        month text not null,
        version integer not null,
        record jsonb not null,
        recorded_by text not null,
        recorded_at timestamptz not null default clock_timestamp(),
        primary key (month, version)
      );
      create table log_review (
        review_id uuid primary key,
        reviewed_on text not null,
        sampled integer not null,
        findings integer not null,
        measures text,
        reviewed_by text not null,
        recorded_at timestamptz not null default clock_timestamp(),
        check (findings <= sampled and (findings = 0 or measures is not null))
      );
      create index log_review_day on log_review (reviewed_on)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table privacy_record, log_review');
  }
}
