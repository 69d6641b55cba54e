import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { testDatabase } from '#servers/test-database.js';
import { Lanes } from '../lane/lanes.js';
import { nameIn, on, session } from '../rehearsal/small-session.js';
import { openPool } from './connection.js';
import { publishTypes, readPartition } from './event-log.js';
import { logMigrations } from './log-migrations.js';
import { eventLogMigration } from './log.migration.js';
import { migrate } from './migrate.js';
import { grantReader } from './reader-role.js';

const roleName = `reader_${randomBytes(6).toString('hex')}`;
const password = randomBytes(18).toString('base64url');
const P = 3;
const name = nameIn(P);

/** A flush as processes of the day sent it: one command that opens a session and seats somebody. */
const OLD_FLUSH = `select append_events(array[${P}], array[1::bigint], array[true], clock_timestamp(), '1 second',
  array[${P}, ${P}], array[1::bigint, 2], array[$1, $1], array[1, 2], array['Opened', 'Reserved'], array[1, 1], array[1, 1],
  array['{"capacity": 5}', '{"person": "old"}']::jsonb[], array['{}', '{}']::jsonb[],
  array[gen_random_uuid()], array['spec'], array['\\x00'::bytea], array['[]'::jsonb], '{}'::uuid[]) as outcome`;

let database: Awaited<ReturnType<typeof testDatabase>>;
let pool: pg.Pool;
let lanes: Lanes;
let reader: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  pool = openPool({ url: database.url, name: 'spec' });
  await migrate(database.url, [eventLogMigration()]);
  await publishTypes(pool, ['Opened']);
  await grantReader(database.url, roleName, password);
  const { rows } = await pool.query<{ outcome: string }>(OLD_FLUSH, [session(name).name]);
  if (rows[0]?.outcome !== 'done') throw new Error(`The old flush answered ${rows[0]?.outcome}.`);
  await migrate(database.url, logMigrations());
  lanes = await Lanes.open({ database: { url: database.url, name: 'spec-lanes' } });
  reader = new pg.Client({
    connectionString: Object.assign(new URL(database.url), { username: roleName, password }).href,
  });
  await reader.connect();
});

afterAll(async () => {
  await reader.end();
  await lanes.close();
  await pool.query(`drop owned by ${roleName}`);
  await pool.query(`drop role ${roleName}`);
  await pool.end();
  await database.drop();
});

describe('a log that was made before the migrations of today', () => {
  test('goes on under its next number, with what it held', async () => {
    await expect(lanes.submit(on(name, { do: 'reserve', person: 'old' }))).rejects.toMatchObject({
      slug: 'already-reserved',
    });
    await lanes.submit(on(name, { do: 'reserve', person: 'new' }));
    const events = await readPartition(pool, 'events', P, 1, 10);
    expect(events.map(({ seq, version, type, data }) => [seq, version, type, data])).toEqual([
      [1, 1, 'Opened', { capacity: 5 }],
      [2, 2, 'Reserved', { person: 'old' }],
      [3, 3, 'Reserved', { person: 'new' }],
    ]);
  });

  test('is read in order by whoever was let in before, who still may not write', async () => {
    const { rows } = await reader.query('select seq::int, type from published_events');
    expect(rows).toEqual([
      { seq: 1, type: 'Opened' },
      { seq: 2, type: 'Internal' },
      { seq: 3, type: 'Internal' },
    ]);
    const { rows: rights } = await reader.query(
      `select has_function_privilege(oid, 'execute') as may from pg_proc where proname = 'append_events'`,
    );
    expect(rights).toEqual([{ may: false }]);
  });

  test('is brought up to date once', async () => {
    expect(await migrate(database.url, logMigrations())).toEqual([]);
  });
});
