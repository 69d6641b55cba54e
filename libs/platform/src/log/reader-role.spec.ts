import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { EmbeddedFeed } from '../feed/embedded-feed.js';
import type { Lanes } from '../lane/lanes.js';
import { RehearsalConsumer, until } from '../rehearsal/rehearsal-consumer.js';
import { RehearsalLog } from '../rehearsal/rehearsal-log.js';
import { nameIn, on } from '../rehearsal/small-session.js';
import type { HeardEvent, Projection } from '../subscription/subscriber.js';
import { publishTypes } from './event-log.js';
import { grantReader } from './reader-role.js';

const roleName = `reader_${randomBytes(6).toString('hex')}`;
const password = randomBytes(18).toString('base64url');
let log: RehearsalLog;
let lanes: Lanes;
let url: string;
let reader: pg.Client;
beforeAll(async () => {
  log = await RehearsalLog.make();
  await publishTypes(log.pool, ['Opened', 'Reserved']);
  lanes = await log.openLanes();
  await lanes.submit(on(nameIn(1), { do: 'open', capacity: 5 }));
  await grantReader(log.url, roleName, 'the-first-password-of-it');
  await grantReader(log.url, roleName, password);
  url = Object.assign(new URL(log.url), { username: roleName, password }).href;
  reader = new pg.Client({ connectionString: url });
  await reader.connect();
});
afterAll(async () => {
  await reader.end();
  await log.pool.query(`drop owned by ${roleName}`);
  await log.pool.query(`drop role ${roleName}`);
  await log.close();
});

describe('the role that reads the log of another service', () => {
  test.each(['published_events', 'partitions', 'log'])('may read %s', async (relation) => {
    expect((await reader.query(`select * from ${relation}`)).rowCount).toBeGreaterThan(0);
  });

  test.each(['events', 'commands', 'published_types', 'migrations', 'pg_authid'])(
    'may not read %s',
    async (relation) => {
      await expect(reader.query(`select * from ${relation}`)).rejects.toMatchObject({ code: '42501' });
    },
  );

  test.each([
    `update partitions set next = 1`,
    `delete from log`,
    `insert into published_events (p) values (1)`,
    `select * from partitions for update`,
    `select lock_partitions('{1}', '{true}')`,
    `create table mine (n integer)`,
    `create temporary table mine (n integer)`,
    `create schema mine`,
    `create function mine() returns integer language sql as 'select 1'`,
  ])('may not write: %s', async (sql) => {
    await reader.query('set default_transaction_read_only = off');
    await expect(reader.query(sql)).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|55000)$/) });
  });

  test('writes nothing by accident either: its transactions are read-only, also for what PostgreSQL lets everybody do', async () => {
    await reader.query('reset default_transaction_read_only');
    await expect(reader.query('select lo_create(0)')).rejects.toMatchObject({ code: '25006' });
  });

  test('is refused its former password, and a short one is not set', async () => {
    const old = Object.assign(new URL(url), { password: 'the-first-password-of-it' }).href;
    const client = new pg.Client({ connectionString: old });
    await expect(client.connect()).rejects.toMatchObject({ code: '28P01' });
    await expect(grantReader(log.url, roleName, 'short')).rejects.toThrow(/16 to 200/);
  });

  test('loses what somebody had granted it beside', async () => {
    await log.pool.query(`grant select on events to ${roleName}`);
    await grantReader(log.url, roleName, password);
    await expect(reader.query('select * from events')).rejects.toMatchObject({ code: '42501' });
    await log.pool.query(`grant pg_read_all_data to ${roleName}`);
    await expect(grantReader(log.url, roleName, password)).rejects.toThrow(/rights of another role/);
    await log.pool.query(`revoke pg_read_all_data from ${roleName}`);
  });

  test('is enough for the embedded feed, and private types arrive empty under their own numbers', async () => {
    const name = nameIn(2);
    await lanes.submit(on(name, { do: 'open', capacity: 5 }));
    await lanes.submit(on(name, { do: 'reserve', person: 'seen' }));
    await lanes.submit(on(name, { do: 'cancel', person: 'seen' }));
    const heard: HeardEvent[] = [];
    const consumer = await RehearsalConsumer.make();
    const feed = new EmbeddedFeed('reservations', { url, name: 'reader' });
    const subscription = await consumer.prepare(listening(), feed);
    const following = await feed.follow({
      name: 'listening',
      alarms: subscription.alarms,
      positions: (source) => subscription.positions(source),
      deliver: (source, events) => {
        heard.push(...events.filter(({ stream }) => stream.endsWith(`-${name}`)));
        return subscription.deliver(source, events);
      },
    });
    await until(() => heard.some(({ seq }) => seq === 3));
    expect((await feed.lag([{ p: 2, next: 1 }]))[0]).toMatchObject({ behind: 3 });
    await following.stop();
    await feed.close();
    await consumer.close();
    const unlike = heard.filter((event, i) => heard.findIndex(({ seq }) => seq === event.seq) === i);
    expect(unlike.map(({ seq, type, data }) => [seq, type, data])).toEqual([
      [1, 'Opened', { capacity: 5 }],
      [2, 'Reserved', { person: 'seen' }],
      [3, 'Internal', {}],
    ]);
  });
});

function listening(): Projection {
  return {
    kind: 'projection',
    name: 'listening',
    sources: ['reservations'],
    codeVersion: 1,
    tables: (schema) => `create table ${schema}.nothing (n integer)`,
    apply: async () => undefined,
  };
}
