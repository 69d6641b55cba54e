import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rows that commit with the events of calls, drafts and days. */
export class Calls1764000002001 implements MigrationInterface {
  readonly name = 'Calls1764000002001';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table seen_call (call_id uuid primary key, answered_at bigint not null, member uuid);
      create index seen_call_when on seen_call (answered_at);
      create table call_line (line_call_id uuid primary key, call_id uuid not null);

      create table call_draft (
        call_id uuid primary key, term_id uuid not null, date date not null, account uuid not null,
        version integer not null,
        saved_at bigint not null, wrapped_key bytea not null, sealed bytea not null
      );
      create table deletion_record (
        deletion_id uuid primary key, what text not null, date date not null, count integer not null,
        done_by uuid not null, done_at bigint not null
      );
      create table closed_day (date date primary key, closed_at bigint not null, closed_by uuid not null, checks jsonb not null);

      create table paper_pack (
        pack_id uuid primary key, date date not null, term_id uuid not null, state text not null, forms integer not null,
        tokens jsonb not null, printed_at bigint not null
      );
      create index paper_pack_of_day on paper_pack (date);
      create table call_rate (valid_from date primary key, rate jsonb not null);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table call_rate, paper_pack, closed_day, deletion_record, call_draft, call_line, seen_call');
  }
}
