import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people of the desk write for reports; everything else in this database is a fold of the logs. */
export class Reporting1764000001005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table desk_facts (one boolean primary key check (one), facts jsonb not null);
      create table day_notes (day text primary key, notes jsonb not null);
      create table submission (
        submission_id uuid primary key,
        obligation_id text not null,
        sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
        file_name text not null,
        submitted_on text not null,
        medium text not null,
        recorded_by text not null,
        recorded_at timestamptz not null default clock_timestamp()
      );
      create unique index submission_once on submission (obligation_id, sha256, submitted_on);
      create table deliverable (
        sha256 text not null,
        name text not null,
        version integer not null,
        as_of text not null,
        made_by text not null,
        made_at timestamptz not null default clock_timestamp(),
        primary key (name, version)
      );
      create table shift_plan (
        day text not null,
        version integer not null,
        plan jsonb not null,
        planned_by text not null,
        planned_at timestamptz not null default clock_timestamp(),
        primary key (day, version)
      );
      create table roster_template (
        version integer primary key,
        bytes bytea not null,
        sha256 text not null,
        template jsonb not null,
        agreement_number text,
        stored_by text not null,
        stored_at timestamptz not null default clock_timestamp()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table desk_facts, day_notes, submission, deliverable, shift_plan, roster_template');
  }
}
