import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { startPostgres } from '#servers/postgres.js';
import { startProxy, type TcpProxy } from '#servers/tcp-proxy.js';
import { logMigrations } from '../log/log-migrations.js';
import { migrate } from '../log/migrate.js';
import { until } from '../rehearsal/rehearsal-consumer.js';
import { RehearsalLog } from '../rehearsal/rehearsal-log.js';
import { nameIn, on } from '../rehearsal/small-session.js';
import { fence } from './flight-connection.js';
import { Lanes } from './lanes.js';

let log: RehearsalLog;
let proxy: TcpProxy;
beforeAll(async () => {
  log = await RehearsalLog.make();
  proxy = await startProxy({ targetPort: Number(new URL(log.url).port) });
  // A commit that takes its time: the transaction holds its locks and has not answered
  await log.pool.query(`
    create function slow_commit() returns trigger language plpgsql as $$ begin perform pg_sleep(1.2); return null; end $$;
    create constraint trigger slow_commit after insert on events deferrable initially deferred
      for each row when (new.data ->> 'person' = 'slow') execute function slow_commit();`);
});
afterAll(async () => {
  await log.close();
  await proxy.stop();
});

function throughProxy(): string {
  const url = new URL(log.url);
  url.port = String(proxy.port);
  return url.href;
}

async function busySessions(text: string): Promise<number> {
  const { rowCount } = await log.pool.query(
    'select from pg_stat_activity where datname = current_database() and query like $1 and state = $2',
    [`${text}%`, 'active'],
  );
  return rowCount ?? 0;
}

async function reservedBy(url: pg.Pool, person: string): Promise<number> {
  const { rowCount } = await url.query(`select from events where type = 'Reserved' and data ->> 'person' = $1`, [
    person,
  ]);
  return rowCount ?? 0;
}

describe('a connection that is lost during the commit', () => {
  test('given the commit is still under way, then the command is answered as accepted, once it is', async () => {
    const lanes = await log.openLanes({ database: { url: throughProxy(), name: 'cut' } });
    await lanes.submit(on('cut', { do: 'open', capacity: 1 }));
    const booking = lanes.submit(on('cut', { do: 'reserve', person: 'slow' }));
    await until(async () => (await busySessions('select append_events')) === 1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await reservedBy(log.pool, 'slow')).toBe(0);
    proxy.cut();
    await expect(booking).resolves.toMatchObject({ answer: ['Reserved'], repeated: true });
    expect(await reservedBy(log.pool, 'slow')).toBe(1);
    await expect(lanes.submit(on('cut', { do: 'reserve', person: 'next' }))).rejects.toMatchObject({
      slug: 'session-full',
    });
  });

  test('given the caller waits no longer than that, then the answer is 503, and the same key says later that it was booked', async () => {
    const lanes = await log.openLanes({ database: { url: throughProxy(), name: 'cut' }, answerWithin: 300 });
    await lanes.submit(on('hurry', { do: 'open', capacity: 1 }));
    const command = on('hurry', { do: 'reserve', person: 'slow' });
    await expect(lanes.submit(command)).rejects.toMatchObject({ slug: 'unavailable', kind: 'unavailable' });
    await until(async () => (await reservedBy(log.pool, 'slow')) === 2);
    await expect(lanes.submit(command)).resolves.toMatchObject({ answer: ['Reserved'], repeated: true });
  });

  test('given the lost session still waits for the lock, then it is ended before the lock is let go', async () => {
    const name = nameIn(4);
    const [zombie, resolver] = [new pg.Client(log.url), new pg.Client(log.url)];
    zombie.on('error', () => undefined);
    await Promise.all([zombie.connect(), resolver.connect()]);
    const { rows } = await zombie.query<{ pid: number; startedAt: string }>(
      `select pid, backend_start::text as "startedAt" from pg_stat_activity where pid = pg_backend_pid()`,
    );
    await resolver.query('begin');
    await resolver.query('select from partitions where p = 4 for update');
    const late = zombie.query(`update partitions set next = next where p = 4`);
    await until(async () => (await busySessions('update partitions')) === 1);
    await Promise.all([expect(late).rejects.toThrow(/terminat/), fence(resolver, rows[0]!)]);
    await resolver.query('rollback');
    await resolver.end();
    await (await log.openLanes()).submit(on(name, { do: 'open', capacity: 1 }));
  });
});

describe('PostgreSQL killed under load', () => {
  test('every booking that was accepted is there once, and every one that was not can be sent again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'uketsuke-cut-'));
    await chmod(folder, 0o711); // PostgreSQL runs as a user of its own
    const dataDir = join(folder, 'data');
    let server = await startPostgres({ dataDir });
    await migrate(server.url, logMigrations());
    const lanes = await Lanes.open({ database: { url: server.url, name: 'killed' }, answerWithin: 20_000 });
    const sessions = Array.from({ length: 12 }, (_, i) => `k${i}`);
    await Promise.all(sessions.map((name) => lanes.submit(on(name, { do: 'open', capacity: 1_000 }))));
    let accepted = 0;
    const load = sessions.map(async (name, s) => {
      for (let i = 0; i < 60; i++) {
        await lanes.submit(on(name, { do: 'reserve', person: `${s}-${i}` }));
        accepted++;
      }
    });
    while (accepted < 100) await new Promise((resolve) => setTimeout(resolve, 5));
    await server.kill();
    server = await startPostgres({ dataDir, port: server.port });
    await Promise.all(load);
    const pool = new pg.Pool({ connectionString: server.url });
    const { rows } = await pool.query(
      `select count(*)::int as n, count(distinct data ->> 'person')::int as persons from events where type = 'Reserved'`,
    );
    expect(rows[0]).toEqual({ n: 720, persons: 720 });
    const { rows: gaps } = await pool.query(
      `select stream from events group by stream having max(version) <> count(*) union all
       select p::text from events group by p having max(seq) <> count(*)`,
    );
    expect(gaps).toEqual([]);
    await pool.end();
    await lanes.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });
});
