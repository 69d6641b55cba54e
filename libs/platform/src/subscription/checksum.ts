import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Queryable } from '../log/event-log.js';
import { tablesOf } from './projection-tables.js';

/** What a table holds, whatever the order of its rows and columns. */
export interface TableChecksum {
  readonly table: string;
  readonly rows: number;
  /** 128 bits: two sums of independent row hashes. */
  readonly hash: string;
}

export interface Checksum {
  readonly hash: string;
  readonly tables: readonly TableChecksum[];
}

/** A row that only one of two versions of a table has. */
export interface Difference {
  readonly table: string;
  readonly in: 'before' | 'after';
  readonly row: Readonly<Record<string, unknown>>;
}

const { escapeIdentifier } = pg;

/** The checksum of all tables of a projection, worked out by PostgreSQL: nothing but the sums leaves it. */
export async function checksumOf(db: Queryable, schema: string): Promise<Checksum> {
  const tables: TableChecksum[] = [];
  for (const table of await tablesOf(db, schema)) {
    const { rows } = await db.query<{ n: number; a: string; b: string }>(
      `select count(*) as n, coalesce(sum(hashtextextended(row, 0)::numeric), 0)::text as a,
         coalesce(sum(hashtextextended(row, 1)::numeric), 0)::text as b
       from (select to_jsonb(t)::text as row from ${relation(schema, table)} t) r`,
    );
    const { n, a, b } = rows[0]!;
    tables.push({ table, rows: n, hash: half(a) + half(b) });
  }
  const hash = createHash('sha256');
  for (const { table, rows, hash: rowHash } of tables) hash.update(`${table}/${rows}/${rowHash}\n`);
  return { hash: hash.digest('hex'), tables };
}

/** The first rows, table by table, that the two versions do not share. */
export async function differencesOf(db: Queryable, before: string, after: string, limit = 20): Promise<Difference[]> {
  const differences: Difference[] = [];
  const [old, fresh] = [await tablesOf(db, before), await tablesOf(db, after)];
  for (const table of old.filter((name) => fresh.includes(name))) {
    const only = (one: string, other: string) =>
      `(select to_jsonb(t)::text as row from ${relation(one, table)} t
        except all select to_jsonb(t)::text from ${relation(other, table)} t order by row limit ${limit})`;
    const { rows } = await db.query<Omit<Difference, 'table'>>(
      `select 'before' as in, row::jsonb as row from ${only(before, after)} b
       union all select 'after', row::jsonb from ${only(after, before)} a`,
    );
    differences.push(...rows.map((row) => ({ table, ...row })));
  }
  return differences.slice(0, limit);
}

/** Whether the two have the same tables with the same columns, so that their rows can be compared. */
export async function sameShape(db: Queryable, one: string, other: string): Promise<boolean> {
  const { rows } = await db.query<{ same: boolean }>(
    `with shape as (
       select table_schema, array_agg(concat_ws('/', table_name, column_name, udt_name) order by table_name, column_name) as columns
       from information_schema.columns where table_schema in ($1, $2) group by table_schema)
     select (select columns from shape where table_schema = $1) is not distinct from
            (select columns from shape where table_schema = $2) as same`,
    [one, other],
  );
  return rows[0]!.same;
}

function relation(schema: string, table: string): string {
  return `${escapeIdentifier(schema)}.${escapeIdentifier(table)}`;
}

function half(sum: string): string {
  return BigInt.asUintN(64, BigInt(sum)).toString(16).padStart(16, '0');
}
