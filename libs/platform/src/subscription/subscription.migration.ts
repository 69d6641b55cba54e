import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of a consumer, in the database that holds what it writes (design §3 "Subscriptions"). */
export class Subscriptions1764000000002 implements MigrationInterface {
  name = 'Subscriptions1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table reaction_journal, dropped_event, parked_event, parked_stream, position, subscription',
    );
  }
}

const TABLES = `
  create table subscription (
    name text primary key,
    kind text not null check (kind in ('projection', 'reaction')),
    -- which version of the tables is read and fed; a rebuild fills the next one beside it
    version integer not null,
    -- which version of the code made them
    code_version integer not null
  );

  create table position (
    subscription text not null references subscription (name),
    version integer not null,
    source text not null,
    p integer not null,
    -- null until the first event of the source has been seen
    log_id uuid,
    next_seq bigint not null,
    last_event_id uuid,
    last_at timestamptz,
    moved_at timestamptz not null default clock_timestamp(),
    primary key (subscription, version, source, p)
  ) with (fillfactor = 30);

  create table parked_stream (
    subscription text not null,
    version integer not null,
    source text not null,
    stream text not null,
    error text not null,
    attempts integer not null default 1,
    since timestamptz not null default clock_timestamp(),
    primary key (subscription, version, source, stream)
  );

  create table parked_event (
    subscription text not null,
    version integer not null,
    source text not null,
    p integer not null,
    seq bigint not null,
    stream text not null,
    event jsonb not null,
    primary key (subscription, version, source, p, seq),
    foreign key (subscription, version, source, stream) references parked_stream on delete cascade
  );

  -- what a person has given up, and why
  create table dropped_event (
    subscription text not null,
    version integer not null,
    source text not null,
    p integer not null,
    seq bigint not null,
    stream text not null,
    event jsonb not null,
    error text not null,
    reason text not null,
    account text not null,
    at timestamptz not null default clock_timestamp()
  );

  -- what a reaction has acted on: after a restore it tells the last common event, and what was done beyond it
  create table reaction_journal (
    subscription text not null,
    source text not null,
    log_id uuid not null,
    p integer not null,
    seq bigint not null,
    event_id uuid not null,
    at timestamptz not null default clock_timestamp(),
    primary key (subscription, source, log_id, p, seq)
  );
  create index reaction_journal_event on reaction_journal (event_id);
`;
