import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A flush brings its event ids along and its lists are unnested side by side; the published log stands in its order
 * (record 40). What others were granted on the view stays, since it is replaced and not made anew.
 */
export class LogInLists1764000000004 implements MigrationInterface {
  name = 'LogInLists1764000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function if exists append_events(${WITHOUT_IDS})`);
    await runner.query(APPEND_EVENTS);
    // the owner's alone: what is made anew is everybody's by default
    await runner.query('revoke all on function append_events from public');
    await runner.query(PUBLISHED_EVENTS);
  }

  async down(): Promise<void> {
    throw new Error('A log is never taken back: its events are the truth.');
  }
}

/** The function of the first migration, by its arguments. */
const WITHOUT_IDS = `integer[], bigint[], boolean[], timestamptz, interval,
  integer[], bigint[], text[], integer[], text[], integer[], integer[], jsonb[], jsonb[],
  uuid[], text[], bytea[], jsonb[], uuid[]`;

/**
 * One flush (design §3 "The lane"): locks, compares what the caller asserts with what is true, and writes all or
 * nothing; `e_command` says which of `c_id` an event follows from, counted from 1. The caller has decided at
 * `decided_at`; the rules' clock is the log's, so a clock that is off by more than `skew` is refused like a counter
 * that has moved. Outcomes: done, moved, clock, known (a command of that id was accepted before).
 */
export const APPEND_EVENTS = `
  create or replace function append_events(
    partition_ids integer[], expected bigint[], writes boolean[], decided_at timestamptz, skew interval,
    e_p integer[], e_seq bigint[], e_stream text[], e_version integer[], e_id uuid[], e_type text[], e_schema integer[],
    e_command integer[], e_data jsonb[], e_metadata jsonb[],
    c_id uuid[], c_account text[], c_hmac bytea[], c_answer jsonb[], refused uuid[]
  ) returns text language plpgsql as $$
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
      select u.p, u.seq, u.stream, u.version, u.id, u.type, u.schema, c_id[u.command], decided_at, u.data, u.metadata
      from (select unnest(e_p) as p, unnest(e_seq) as seq, unnest(e_stream) as stream, unnest(e_version) as version,
              unnest(e_id) as id, unnest(e_type) as type, unnest(e_schema) as schema, unnest(e_command) as command,
              unnest(e_data) as data, unnest(e_metadata) as metadata) u;
    insert into commands (command_id, account, body_hmac, answer)
      select unnest(c_id), unnest(c_account), unnest(c_hmac), unnest(c_answer);
    update partitions c set next = n.next, last_at = decided_at
      from (select u.p, max(u.seq) + 1 as next from (select unnest(e_p) as p, unnest(e_seq) as seq) u group by u.p) n
      where c.p = n.p;
    return 'done';
  end $$;
`;

/**
 * What other services read: the same sequences, private types emptied, no command ids (design §3). In order, although who
 * asks says so too: an order from outside does not pass the barrier, and PostgreSQL would sort what the index gives sorted.
 */
const PUBLISHED_EVENTS = `
  create or replace view published_events with (security_barrier) as
    select p, seq, stream, version, event_id,
      case when open then type else 'Internal' end as type,
      case when open then schema_version else 1 end as schema_version,
      at,
      case when open then data else '{}' end as data,
      metadata
    from (select *, type in (select type from published_types) as open from events) e
    order by p, seq;
`;
