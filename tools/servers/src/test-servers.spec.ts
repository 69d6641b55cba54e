import { expect, it } from '@jest/globals';
import { Client } from 'pg';
import { testDatabase } from './test-database.js';
import { describeKafka } from './test-kafka.js';

it('gives every spec a durable database of its own', async () => {
  const [one, other] = await Promise.all([testDatabase(), testDatabase()]);
  const client = new Client({ connectionString: one.url });
  await client.connect();
  await client.query('create table mine (id int)');
  const { rows } = await client.query(
    "select current_database() as name, current_setting('fsync') as fsync, current_setting('synchronous_commit') as commits",
  );
  expect(rows).toEqual([{ name: one.name, fsync: 'on', commits: 'on' }]);
  expect(other.name).not.toBe(one.name);
  await client.end();
  await Promise.all([one.drop(), other.drop()]);
});

it('drops a database that somebody is still connected to', async () => {
  const { url, drop } = await testDatabase();
  const client = new Client({ connectionString: url });
  await client.connect();
  const cut = new Promise((resolve) => client.on('error', resolve));
  await drop();
  await cut;
  await expect(new Client({ connectionString: url }).connect()).rejects.toThrow('does not exist');
});

await describeKafka('the broker of the test run', (brokers) => {
  it('is there when a spec asks for it', () => {
    expect(brokers).toEqual([expect.stringMatching(/:\d+$/)]);
  });
});
