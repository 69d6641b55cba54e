import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  readonly url: string;
  readonly name: string;
  drop(): Promise<void>;
}

/** A fresh database on the server of the test run. */
export async function testDatabase(): Promise<TestDatabase> {
  const admin = process.env['UKETSUKE_TEST_POSTGRES'];
  if (admin === undefined) throw new Error('UKETSUKE_TEST_POSTGRES is not set: run the tests through npm test.');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const ask = async (sql: string) => {
    const client = new pg.Client({ connectionString: admin });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await ask(`create database ${name}`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return { url: url.href, name, drop: () => ask(`drop database ${name} with (force)`) };
}
