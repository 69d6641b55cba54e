import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may come in: accounts, what makes them handlers (P03, P04), who is signed in, and what was tried. */
export class Accounts1764200000001 implements MigrationInterface {
  name = 'Accounts1764200000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(): Promise<void> {
    throw new Error('Accounts are not taken back: the account log names them.');
  }
}

const TABLES = `
  create table accounts (
    account_id text collate "C" primary key,
    roles text[] not null check (cardinality(roles) > 0),
    -- argon2id of a person; a service account has a token instead
    password_hash text,
    token_hash bytea unique,
    token_ends_at timestamptz,
    made_at timestamptz not null default now(),
    disabled_at timestamptz,
    check ((password_hash is null) <> (token_hash is null)),
    check ((token_hash is null) = (token_ends_at is null))
  );

  create table trainings (
    training_id uuid primary key default gen_random_uuid(),
    account_id text not null references accounts,
    module text not null,
    completed_on date not null,
    valid_until date not null check (valid_until >= completed_on),
    recorded_by text not null,
    recorded_at timestamptz not null default now()
  );
  create index on trainings (account_id);

  create table designations (
    designation_id uuid primary key default gen_random_uuid(),
    account_id text not null references accounts,
    valid_from date not null,
    valid_until date not null check (valid_until >= valid_from),
    recorded_by text not null,
    recorded_at timestamptz not null default now()
  );
  create index on designations (account_id);

  -- SHA-256 of the id in the cookie: a copy of the database opens no door
  create table sign_ins (
    sign_in_hash bytea primary key,
    account_id text not null references accounts,
    began_at timestamptz not null default now(),
    seen_at timestamptz not null default now(),
    ends_at timestamptz not null
  );
  create index on sign_ins (account_id);

  -- the table of rate-limiter-flexible
  create table sign_in_attempts (key varchar(255) primary key, points integer not null default 0, expire bigint);
`;
