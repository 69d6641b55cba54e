import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '#servers/test-database.js';
import { problemOf } from './problem.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const thrownBy = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );

test('when every connection stays busy, whoever asks is told to ask again', async () => {
  const pool = new pg.Pool({ connectionString: database.url, max: 1, connectionTimeoutMillis: 1_000 });
  const busy = await pool.connect();
  expect(problemOf(await thrownBy(pool.query('select 1')))).toMatchObject({ status: 503, slug: 'unavailable' });
  busy.release();
  await pool.end();
});

test('a question that PostgreSQL gave up on may be asked again; one that was wrong is a defect', async () => {
  const client = new pg.Client({ connectionString: database.url, statement_timeout: 50 });
  await client.connect();
  expect(problemOf(await thrownBy(client.query('select pg_sleep(5)')))).toMatchObject({ status: 503 });
  expect(problemOf(await thrownBy(client.query('select nothing from nowhere')))).toMatchObject({ status: 500 });
  await client.end();
});

test('a server that is not there is not there for a moment', async () => {
  const client = new pg.Client({ connectionString: 'postgres://nobody@127.0.0.1:1/nothing' });
  expect(problemOf(await thrownBy(client.connect()))).toMatchObject({ status: 503, slug: 'unavailable' });
});
