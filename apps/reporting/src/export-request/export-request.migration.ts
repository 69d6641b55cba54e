import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 持出し申請: no file with personal data leaves unless somebody else agreed to it. The checks stop what the code should. (§8.20) */
export class ExportRequest1764000001007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table export_request (
        export_request_id uuid primary key,
        subject text not null,
        purpose text not null,
        recipient text not null,
        medium text not null,
        medium_number text,
        state text not null default 'requested' check (state in ('requested', 'approved', 'refused')),
        requested_by text not null,
        requested_at timestamptz not null default clock_timestamp(),
        decided_by text,
        decided_at timestamptz,
        reason text,
        constraint by_another check (decided_by <> requested_by),
        constraint decided check ((state = 'requested') = (decided_by is null))
      );
      create index export_request_state on export_request (state, requested_at);
      alter table delivery
        add column export_request_id uuid references export_request,
        add column pieces integer,
        add column transport jsonb,
        add column destroyed jsonb;
      alter table delivery rename column tracking to medium_number;
      create unique index delivery_made_once on delivery (export_request_id) where sha256 is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index delivery_made_once;
      alter table delivery rename column medium_number to tracking;
      alter table delivery drop column export_request_id, drop column pieces, drop column transport, drop column destroyed;
      drop table export_request`);
  }
}
