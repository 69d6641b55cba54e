import type pg from 'pg';
import type { Decider } from '#kernel/decider.js';
import { plainArray } from '#platform/log/array-literal.js';
import type { HeardEvent } from '#platform/subscription/subscriber.js';
import type { DeskEvent } from './desk-events.js';

/** A table with a row a stream: its state as the rule sees it, what happened to it when, and columns to look for. */
export interface FoldedTable<State> {
  readonly name: string;
  /** Of the streams, `escalation`. */
  readonly category: string;
  readonly decider: Pick<Decider<State, never, DeskEvent>, 'initialState' | 'evolve'>;
  /** Names with their PostgreSQL types. */
  readonly columns: Readonly<Record<string, string>>;
  columnsOf(state: State): Readonly<Record<string, unknown>>;
}

/** One thing that happened, without its words: who and when. */
export interface Step {
  readonly type: string;
  /** UTC, as `Date.toISOString` writes it. */
  readonly at: string;
  readonly by?: string;
  /** Of a call: what came of it. */
  readonly result?: string;
  /** Of the FAQ. */
  readonly version?: number;
}

export interface FoldedRow<State> {
  readonly id: string;
  readonly state: State;
  readonly steps: readonly Step[];
  /** Of the first event and of the last, epoch milliseconds. */
  readonly opened_at: number;
  readonly changed_at: number;
}

export const FOLDED_COLUMNS = 'id, state, steps, opened_at, changed_at';

export function foldedTableSql(
  schema: string,
  { name, columns }: Pick<FoldedTable<never>, 'name' | 'columns'>,
): string {
  const own = Object.entries(columns).map(([column, type]) => `, ${column} ${type}`);
  return `create table ${schema}.${name} (
    id uuid primary key, state jsonb not null, steps jsonb not null, opened_at bigint not null,
    changed_at bigint not null${own.join('')})`;
}

/** Folds what a batch says of the streams of one kind, and writes each row once. */
export async function foldRows<State>(
  client: pg.ClientBase,
  schema: string,
  table: FoldedTable<State>,
  batch: readonly HeardEvent[],
): Promise<void> {
  const prefix = `${table.category}-`;
  const own = batch.filter(({ stream }) => stream.startsWith(prefix) && stream.length === prefix.length + 36);
  if (own.length === 0) return;
  const into = `${schema}.${table.name}`;
  const { rows } = await client.query<FoldedRow<State>>(`select ${FOLDED_COLUMNS} from ${into} where id = any ($1)`, [
    plainArray([...new Set(own.map(({ stream }) => stream.slice(prefix.length)))]),
  ]);
  const known = new Map(rows.map((row) => [row.id, row]));
  for (const heard of own) {
    const id = heard.stream.slice(prefix.length);
    const before = known.get(id);
    known.set(id, {
      id,
      state: table.decider.evolve(before?.state ?? table.decider.initialState, eventOf(heard)),
      steps: [...(before?.steps ?? []), stepOf(heard)],
      ...{ opened_at: before?.opened_at ?? heard.at, changed_at: heard.at },
    });
  }
  const all = [...known.values()].map((row) => ({ ...row, ...table.columnsOf(row.state) }));
  const columns = ['state', 'steps', 'opened_at', 'changed_at', ...Object.keys(table.columns)];
  await client.query(
    `insert into ${into} (id, ${columns.join(', ')})
     select id, ${columns.join(', ')} from jsonb_populate_recordset(null::${into}, $1::jsonb)
     on conflict (id) do update set ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`,
    [JSON.stringify(all)],
  );
}

/** What `readDeskEvent` has read: an event with its place around it. */
export function eventOf(heard: HeardEvent): DeskEvent {
  return heard as Pick<HeardEvent, 'type' | 'data'> as DeskEvent;
}

/** Fields that name who did it; `reportBy` and `reviewBy` are times. */
const ACTORS = new Set([
  ...['openedBy', 'confirmedBy', 'sentBy', 'enteredBy', 'calledBy', 'closedBy'],
  ...['raisedBy', 'markedBy', 'toldBy', 'notedBy', 'reportedBy'],
  ...['draftedBy', 'approvedBy', 'sentBackBy', 'reviewedBy', 'retiredBy'],
]);

function stepOf({ type, data, at }: HeardEvent): Step {
  const said = data as Readonly<Record<string, unknown>>;
  const by = Object.keys(said).find((name) => ACTORS.has(name));
  return {
    ...{ type, at: new Date(at).toISOString() },
    ...(by !== undefined && { by: String(said[by]) }),
    ...(typeof said['result'] === 'string' && { result: said['result'] }),
    ...(typeof said['version'] === 'number' && { version: said['version'] }),
  };
}
