import type { MigrationInterface, QueryRunner } from 'typeorm';
import { FIRST_HASH } from './access-entry.js';

/** The access log of one service, in its own database (design §6). */
export class AccessLog1764000000010 implements MigrationInterface {
  name = 'AccessLog1764000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(): Promise<void> {
    throw new Error('An access log is never taken back: it is kept longer than what was looked at.');
  }
}

// The triggers stop mistakes. An owner of the database can drop them: the chain and its head outside show that.
const TABLES = `
  create table access_log (
    n bigint primary key,
    -- epoch milliseconds
    at bigint not null,
    account_id text collate "C" not null,
    action text collate "C" not null,
    purpose text collate "C" not null,
    subjects uuid[] not null,
    outcome text collate "C" not null,
    correlation_id text collate "C",
    hash text collate "C" not null
  );
  create index access_log_at on access_log (at);
  create index access_log_account on access_log (account_id, at);
  create index access_log_subjects on access_log using gin (subjects);

  create function access_log_is_kept() returns trigger language plpgsql as $$
  begin
    raise exception 'the access log is never changed or deleted' using errcode = 'UK004';
  end $$;
  create trigger access_log_is_kept before update or delete or truncate on access_log
    for each statement execute function access_log_is_kept();

  -- whoever writes holds this row; fillfactor keeps its new versions on the same page
  create table access_log_head (
    only_one boolean primary key default true check (only_one),
    n bigint not null,
    hash text collate "C" not null
  ) with (fillfactor = 10);
  insert into access_log_head (n, hash) values (0, '${FIRST_HASH}');
`;
