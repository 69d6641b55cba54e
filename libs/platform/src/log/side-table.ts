import { binaryArray, isElementType, type Element } from './binary-array.js';

/**
 * A table of keyed rows that commit in the transaction of the events they belong to: sealed personal data, places of
 * reservations. Within one flush the last write of a key wins, so a row that is put and removed leaves nothing.
 */
export interface SideTable {
  readonly name: string;
  /** Columns of the key, then the others, with their PostgreSQL types. */
  readonly key: Readonly<Record<string, string>>;
  readonly columns: Readonly<Record<string, string>>;
}

export type SideValue = Element;

export interface SideWrite {
  readonly table: SideTable;
  readonly key: Readonly<Record<string, SideValue>>;
  /** The other columns; absent means that the row is removed. */
  readonly row?: Readonly<Record<string, SideValue>>;
}

/** What one statement has to do to one table: its SQL and its parameters, a list a column. */
export interface SidePart {
  readonly sql: (firstParameter: number) => string;
  readonly values: readonly unknown[];
  /** Statements of equal shape share a prepared plan. */
  readonly shape: string;
}

/** The writes of a flush, the last of each key only, grouped into one insert and one delete a table. */
export function sideParts(writes: readonly SideWrite[]): SidePart[] {
  const last = new Map<SideTable, Map<string, SideWrite>>();
  for (const write of writes) {
    let keys = last.get(write.table);
    if (keys === undefined) last.set(write.table, (keys = new Map()));
    keys.set(JSON.stringify(Object.keys(write.table.key).map((column) => write.key[column])), write);
  }
  const parts: SidePart[] = [];
  for (const [table, keys] of last) {
    const puts = [...keys.values()].filter(({ row }) => row !== undefined);
    const removals = [...keys.values()].filter(({ row }) => row === undefined);
    if (puts.length > 0) parts.push(putPart(table, puts));
    if (removals.length > 0) parts.push(removePart(table, removals));
  }
  return parts;
}

function putPart(table: SideTable, puts: readonly SideWrite[]): SidePart {
  const keys = Object.keys(table.key);
  const others = Object.keys(table.columns);
  const all = [...keys, ...others];
  const types = [...Object.values(table.key), ...Object.values(table.columns)];
  const conflict =
    others.length === 0
      ? 'nothing'
      : `update set ${others.map((column) => `${column} = excluded.${column}`).join(', ')}`;
  return {
    shape: `+${table.name}`,
    values: [
      ...keys.map((column) => parameter(table.key[column]!, puts, ({ key }) => key[column])),
      ...others.map((column) => parameter(table.columns[column]!, puts, ({ row }) => row![column])),
    ],
    sql: (first) =>
      `insert into ${table.name} (${all.join(', ')})
       select ${all.map((column) => `u.${column}`).join(', ')}
       from outcome, (select ${all.map((column, i) => `unnest($${first + i}::${types[i]}[]) as ${column}`).join(', ')}) u
       where outcome.outcome = 'done'
       on conflict (${keys.join(', ')}) do ${conflict}`,
  };
}

function removePart(table: SideTable, removals: readonly SideWrite[]): SidePart {
  const keys = Object.keys(table.key);
  return {
    shape: `-${table.name}`,
    values: keys.map((column) => parameter(table.key[column]!, removals, ({ key }) => key[column])),
    sql: (first) =>
      `delete from ${table.name} t
       using outcome, unnest(${Object.values(table.key)
         .map((type, i) => `$${first + i}::${type}[]`)
         .join(', ')}) u(${keys.join(', ')})
       where outcome.outcome = 'done' and ${keys.map((column) => `t.${column} = u.${column}`).join(' and ')}`,
  };
}

function parameter(type: string, writes: readonly SideWrite[], of: (write: SideWrite) => SideValue | undefined) {
  const values = writes.map((write) => of(write) ?? null);
  return isElementType(type) ? binaryArray(type, values) : values;
}
