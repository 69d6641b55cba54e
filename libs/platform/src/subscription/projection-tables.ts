import type { Queryable } from '../log/event-log.js';
import { schemaOf, type Projection } from './subscriber.js';

/**
 * A table of the platform in every projection's schema: it goes wherever its neighbours go, so whoever holds it holds
 * all of them (`readAsOf`), and it says which code made them.
 */
export const MARKER = 'made_by';

/** Makes the tables of a projection, if the schema is not there: in one statement, so that they are never half made. */
export async function makeTables(
  db: Queryable,
  projection: Projection,
  version: number,
  schema = schemaOf(projection.name),
): Promise<void> {
  await db.query(`do $make_tables$ begin
    -- two processes that start at once: the second finds them made
    perform pg_advisory_xact_lock(hashtextextended('make-tables/${schema}', 0));
    if not exists (select from pg_namespace where nspname = '${schema}') then
      create schema ${schema};
      create table ${schema}.${MARKER} (version integer not null, code_version integer not null, made_at timestamptz not null);
      insert into ${schema}.${MARKER} values (${version}, ${projection.codeVersion}, clock_timestamp());
      ${projection.tables(schema)};
    end if;
  end $make_tables$`);
}

/** The tables of a projection, without the platform's own. */
export async function tablesOf(db: Queryable, schema: string): Promise<string[]> {
  const { rows } = await db.query<{ table: string }>(
    `select c.relname as "table" from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> $2
     order by c.relname collate "C"`,
    [schema, MARKER],
  );
  return rows.map(({ table }) => table);
}

/** Schemas that rebuilds of this projection have left behind, whatever became of them. */
export async function leftBehind(db: Queryable, name: string): Promise<string[]> {
  const { rows } = await db.query<{ schema: string }>(
    `select nspname as schema from pg_namespace where nspname ~ ('^' || $1 || '_v[0-9]+$')`,
    [schemaOf(name)],
  );
  return rows.map(({ schema }) => schema);
}
