import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many partitions a new log gets. They are fixed for life: another number sends streams elsewhere. */
export const DEFAULT_PARTITIONS = 8;

/**
 * The tables of the log (design §3). A class per number of partitions, because TypeORM makes migrations without
 * arguments; the number only matters on the day the database is made.
 */
export function eventLogMigration(partitions: number = DEFAULT_PARTITIONS): new () => MigrationInterface {
  if (!Number.isInteger(partitions) || partitions < 1 || partitions > 128) {
    throw new RangeError(`A log has 1 to 128 partitions, not ${partitions}.`);
  }
  return class EventLog1764000000001 implements MigrationInterface {
    name = 'EventLog1764000000001';

    async up(runner: QueryRunner): Promise<void> {
      await runner.query(TABLES);
      await runner.query(
        `insert into partitions (p, next, last_at) select p, 1, to_timestamp(0) from generate_series(0, ${partitions - 1}) p`,
      );
      await runner.query(LOCK_PARTITIONS);
      await runner.query(APPEND_EVENTS);
      await runner.query(PUBLISHED_EVENTS);
    }

    async down(): Promise<void> {
      throw new Error('A log is never taken back: its events are the truth.');
    }
  };
}

const TABLES = `
  create table log (
    log_id uuid not null default gen_random_uuid(),
    only_one boolean primary key default true check (only_one)
  );
  insert into log default values;

  -- fillfactor: every flush updates a counter, and must find room for the new version on the same page (HOT)
  create table partitions (
    p integer primary key,
    next bigint not null,
    last_at timestamptz not null
  ) with (fillfactor = 10);

  create table events (
    p integer not null,
    seq bigint not null,
    stream text collate "C" not null,
    version integer not null,
    event_id uuid not null,
    type text collate "C" not null,
    schema_version integer not null,
    command_id uuid not null,
    at timestamptz not null,
    data jsonb not null,
    metadata jsonb not null,
    primary key (p, seq),
    unique (stream, version)
  );

  create table commands (
    command_id uuid primary key,
    account text not null,
    body_hmac bytea not null,
    answer jsonb not null
  );

  create function events_are_facts() returns trigger language plpgsql as $$
  begin
    raise exception 'events are never changed or deleted' using errcode = 'UK003';
  end $$;
  create trigger events_are_facts before update or delete or truncate on events
    for each statement execute function events_are_facts();

  -- Which types other services may see; all others travel as Internal.v1 {} (deny by default).
  create table published_types (type text collate "C" primary key);
`;

/**
 * Locks in ascending order whatever the caller's order is; a partition that is only checked is locked for share.
 * A statement of its own each, so that the values are those after the wait.
 */
const LOCK_PARTITIONS = `
  create function lock_partitions(partition_ids integer[], writes boolean[])
  returns table (p integer, next bigint, last_at timestamptz) language plpgsql as $$
  declare
    wanted record;
  begin
    for wanted in
      select u.id, bool_or(u.writes) as writes from unnest(partition_ids, writes) u(id, writes) group by u.id order by u.id
    loop
      if wanted.writes then
        return query select c.p, c.next, c.last_at from partitions c where c.p = wanted.id for update;
      else
        return query select c.p, c.next, c.last_at from partitions c where c.p = wanted.id for share;
      end if;
      if not found then
        raise exception 'partition % does not exist', wanted.id using errcode = 'UK001';
      end if;
    end loop;
  end $$;
`;

/**
 * One flush (design §3 "The lane"): locks, compares what the caller asserts with what is true, and writes all or
 * nothing; \`e_command\` says which of \`c_id\` an event follows from, counted from 1. The caller has decided at \`decided_at\`; the rules' clock is the log's, so a clock that is off by more than
 * \`skew\` is refused like a counter that has moved. Outcomes: done, moved, clock, known (a command of that id was
 * accepted before).
 */
const APPEND_EVENTS = `
  create function append_events(
    partition_ids integer[], expected bigint[], writes boolean[], decided_at timestamptz, skew interval,
    e_p integer[], e_seq bigint[], e_stream text[], e_version integer[], e_type text[], e_schema integer[],
    e_command integer[], e_data jsonb[], e_metadata jsonb[],
    c_id uuid[], c_account text[], c_hmac bytea[], c_answer jsonb[], refused uuid[]
  ) returns text language plpgsql
  -- a young log has no statistics, and without them the planner reads the whole of a table that it believes is empty
  set enable_seqscan = off
  as $$
  declare
    k integer;
    held partitions;
    found bigint[];
    latest timestamptz;
  begin
    if true = all (writes) then
      -- nothing is only checked: one statement locks all, in order
      select array_agg(l.next order by l.p), max(l.last_at) into found, latest
      from (select c.p, c.next, c.last_at from partitions c where c.p = any (partition_ids) order by c.p for update) l;
    else
      for k in 1 .. cardinality(partition_ids) loop
        if k > 1 and partition_ids[k] <= partition_ids[k - 1] then
          raise exception 'partitions must ascend' using errcode = 'UK002';
        end if;
        if writes[k] then
          select * into held from partitions c where c.p = partition_ids[k] for update;
        else
          select * into held from partitions c where c.p = partition_ids[k] for share;
        end if;
        found := found || held.next;
        latest := greatest(latest, held.last_at);
      end loop;
    end if;
    if found is distinct from expected then
      return 'moved';
    end if;
    if latest > decided_at then
      return 'clock';
    end if;
    if clock_timestamp() not between decided_at - skew and decided_at + skew then
      return 'clock';
    end if;
    if cardinality(refused) > 0 and exists (select from commands where command_id = any (refused)) then
      return 'known';
    end if;
    insert into events (p, seq, stream, version, event_id, type, schema_version, command_id, at, data, metadata)
      select u.p, u.seq, u.stream, u.version, gen_random_uuid(), u.type, u.schema, c_id[u.command], decided_at, u.data, u.metadata
      from unnest(e_p, e_seq, e_stream, e_version, e_type, e_schema, e_command, e_data, e_metadata)
        u(p, seq, stream, version, type, schema, command, data, metadata);
    insert into commands (command_id, account, body_hmac, answer)
      select * from unnest(c_id, c_account, c_hmac, c_answer);
    update partitions c set next = n.next, last_at = decided_at
      from (select u.p, max(u.seq) + 1 as next from unnest(e_p, e_seq) u(p, seq) group by u.p) n
      where c.p = n.p;
    return 'done';
  end $$;
`;

/** What other services read: the same sequences, private types emptied, no command ids (design §3). */
const PUBLISHED_EVENTS = `
  create view published_events with (security_barrier) as
    select p, seq, stream, version, event_id,
      case when open then type else 'Internal' end as type,
      case when open then schema_version else 1 end as schema_version,
      at,
      case when open then data else '{}' end as data,
      metadata
    from (select *, type in (select type from published_types) as open from events) e;
`;
