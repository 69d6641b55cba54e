import type pg from 'pg';
import { inTransaction } from '#platform/subscription/transaction.js';
import type { QueryColumn } from '../query/query.js';
import { DATASETS, type Dataset } from './dataset.js';
import type { FeedSet } from './feed-set.js';

// The same rows as the feeds, as tables for BI tools (Grafana, Metabase): read-only, small cells hidden, nothing else of
// the service is in this schema. `docs/grafana/reader.sql` makes the role that may read it. (§5.4)

const TYPES: Readonly<Record<QueryColumn['kind'], string>> = {
  text: 'text',
  integer: 'integer',
  decimal: 'double precision',
  percent: 'double precision',
  yen: 'integer',
  seconds: 'integer',
  date: 'date',
  time: 'time',
};

/** Makes the tables, and makes those anew whose columns have changed: they hold nothing that is not made again. */
export function makeReportingSchema(pool: pg.Pool): Promise<void> {
  return inTransaction(pool, async (client) => {
    await client.query(`select pg_advisory_xact_lock(hashtextextended('reporting-schema', 0))`);
    await client.query(`
      create schema if not exists reporting;
      create table if not exists reporting.made_of (
        one boolean primary key check (one), set_id text not null, as_of timestamptz, position text not null);`);
    for (const dataset of DATASETS) {
      if ((await shapeOf(client, dataset.id)) === shape(dataset)) continue;
      await client.query(`
        drop table if exists reporting.${dataset.id};
        create table reporting.${dataset.id} (${columns(dataset)});
        comment on table reporting.${dataset.id} is '${quote(dataset.title)}';
        ${dataset.columns.map(({ name, header, definition }) => `comment on column reporting.${dataset.id}.${name} is '${quote(`${header}：${definition}`)}'`).join(';')};
        delete from reporting.made_of;`);
    }
  });
}

/** Puts a set in the place of the one before, all tables in one transaction: who reads meanwhile sees the old one whole. */
export function publishTables(pool: pg.Pool, { setId, asOf, tables }: FeedSet): Promise<void> {
  return inTransaction(pool, async (client) => {
    await client.query(`select pg_advisory_xact_lock(hashtextextended('reporting-schema', 0))`);
    const { rows } = await client.query<{ set_id: string }>('select set_id from reporting.made_of');
    if (rows[0]?.set_id === setId) return;
    for (const [id, made] of tables) {
      // Not truncated: that would keep readers waiting
      await client.query(`delete from reporting.${id}`);
      await client.query(
        `insert into reporting.${id} select * from jsonb_populate_recordset(null::reporting.${id}, $1::jsonb)`,
        [JSON.stringify(made)],
      );
    }
    await client.query(
      `insert into reporting.made_of values (true, $1, $2, $3)
       on conflict (one) do update set set_id = excluded.set_id, as_of = excluded.as_of, position = excluded.position`,
      [setId, asOf.instant, asOf.position],
    );
  });
}

function columns(dataset: Dataset): string {
  return dataset.columns.map(({ name, kind }) => `${name} ${TYPES[kind]}`).join(', ');
}

function shape(dataset: Dataset): string {
  return dataset.columns.map(({ name }) => name).join();
}

async function shapeOf(client: pg.ClientBase, table: string): Promise<string> {
  const { rows } = await client.query<{ shape: string | null }>(
    `select string_agg(column_name, ',' order by ordinal_position) as shape from information_schema.columns
     where table_schema = 'reporting' and table_name = $1`,
    [table],
  );
  return rows[0]!.shape ?? '';
}

function quote(text: string): string {
  return text.replaceAll("'", "''");
}
