import type pg from 'pg';
import { textArray } from '#platform/log/array-literal.js';
import type { ApplyContext, HeardEvent } from '#platform/subscription/subscriber.js';

/**
 * The columns of a table that remembers what was true when: a row holds from event `seq` of partition `p` until `next_seq`,
 * for ever if that is null. So every number can be asked again as it was at any place of the log.
 */
export const VERSION_COLUMNS = `
  p integer not null,
  seq bigint not null,
  next_seq bigint,
  at timestamptz not null`;

/** A table of versions, one thing a key. */
export interface VersionTable {
  readonly table: string;
  /** The column that names the thing; `text`. */
  readonly key: string;
}

/** SQL that makes the table; the key is unique among what holds now. */
export function versionTable(schema: string, { table, key }: VersionTable, columns: string): string {
  return `
    create table ${schema}.${table} (${key} text not null, ${VERSION_COLUMNS}, ${columns},
      primary key (${key}, p, seq));
    create unique index ${table}_now on ${schema}.${table} (${key}) where next_seq is null`;
}

type Step<State> = (before: State | undefined, heard: HeardEvent) => State | undefined;

/** One event that may change one thing. */
export interface Touch<State extends object> {
  readonly key: string;
  readonly heard: HeardEvent;
  /** The state after it; undefined or the same object when nothing changes. */
  readonly after: Step<State>;
}

/** What an event touches, if anything of the kind asked for. */
export type Touched<State extends object> = Omit<Touch<State>, 'heard'> | undefined;

/** What each event of a batch touches of one kind. */
export function touches<State extends object, Event extends HeardEvent>(
  batch: readonly Event[],
  touch: (heard: Event) => Touched<State>,
): Touch<State>[] {
  return batch.flatMap((heard) => {
    const touched = touch(heard);
    return touched === undefined ? [] : [{ ...touched, heard }];
  });
}

interface Written {
  readonly key: string;
  readonly p: number;
  readonly seq: number;
  next_seq: number | null;
  readonly at: string;
  readonly state: object;
}

/** Folds a batch in memory, closes what held until now and writes each new version once. */
export async function foldVersions<State extends object>(
  { client, schema }: ApplyContext,
  { table, key }: VersionTable,
  touches: readonly Touch<State>[],
): Promise<void> {
  if (touches.length === 0) return;
  const current = await load<State>(client, `${schema}.${table}`, key, touches);
  const closed = new Map<string, number>();
  const written: Written[] = [];
  const open = new Map<string, Written>();
  for (const { key: id, heard, after } of touches) {
    const before = current.get(id);
    const state = after(before, heard);
    if (state === undefined || state === before) continue;
    const { p, seq } = heard;
    const last = open.get(id);
    if (last !== undefined) last.next_seq = seq;
    else if (before !== undefined) closed.set(id, seq);
    const version = { key: id, p, seq, next_seq: null, at: new Date(heard.at).toISOString(), state };
    current.set(id, state);
    open.set(id, version);
    written.push(version);
  }
  if (written.length > 0) await save(client, `${schema}.${table}`, key, closed, written);
}

async function load<State>(client: pg.ClientBase, table: string, key: string, touches: readonly { key: string }[]) {
  const { rows } = await client.query<{ key: string; state: State }>({
    name: `now-${table}`,
    text: `select ${key} as key, to_jsonb(t) - array['${key}', 'p', 'seq', 'next_seq', 'at'] as state
           from ${table} t where ${key} = any ($1) and next_seq is null`,
    values: [textArray([...new Set(touches.map((touch) => touch.key))])],
  });
  return new Map(rows.map((row) => [row.key, row.state]));
}

async function save(
  client: pg.ClientBase,
  table: string,
  key: string,
  closed: ReadonlyMap<string, number>,
  written: readonly Written[],
): Promise<void> {
  // First: the index allows one open version a thing
  if (closed.size > 0) {
    await client.query({
      name: `close-${table}`,
      text: `update ${table} t set next_seq = c.seq from unnest($1::text[], $2::bigint[]) c(id, seq)
             where t.${key} = c.id and t.next_seq is null`,
      values: [textArray([...closed.keys()]), [...closed.values()]],
    });
  }
  const rows = written.map(({ key: id, state, ...place }) => ({ ...state, ...place, [key]: id }));
  await client.query({
    name: `write-${table}`,
    text: `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
    values: [JSON.stringify(rows)],
  });
}

/** SQL: whether a row of such a table holds at the place of the log that is asked for. */
export function holds(alias: string, source: 'reservations' | 'notices' | 'inquiries'): string {
  return `${heardBy(alias, source)} and (${alias}.next_seq is null or ${alias}.next_seq > asked.${source}[${alias}.p + 1])`;
}

/** SQL: whether the event of a row had been heard at the place of the log that is asked for. */
export function heardBy(alias: string, source: 'reservations' | 'notices' | 'inquiries'): string {
  return `${alias}.seq <= asked.${source}[${alias}.p + 1]`;
}
