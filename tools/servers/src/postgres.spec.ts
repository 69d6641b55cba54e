import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { isAlive } from './data-directory.js';
import { type PostgresOptions, type PostgresServer, startPostgres } from './postgres.js';
import { runningServer } from './postgres-directory.js';

let place: string;
let dataDir: string;
const running: PostgresServer[] = [];

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'uketsuke-postgres-'));
  await chmod(place, 0o711);
  dataDir = join(place, 'postgres');
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

afterAll(() => rm(place, { recursive: true, force: true }));

async function start(options: Partial<PostgresOptions> = {}): Promise<PostgresServer> {
  const server = await startPostgres({ dataDir, ...options });
  running.push(server);
  return server;
}

async function ask(server: PostgresServer, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows.flatMap((row) => Object.values(row));
  } finally {
    await client.end();
  }
}

it('has what was committed before a crash', async () => {
  const server = await start();
  await ask(server, 'create table kept (id int)');
  await ask(server, 'insert into kept values (7)');
  await server.kill();
  expect(await ask(await start(), 'select id from kept')).toEqual([7]);
});

it('listens on loopback only, asks for a password and does not touch the signals of its caller', async () => {
  const before = process.listenerCount('SIGINT') + process.listenerCount('SIGTERM') + process.listenerCount('exit');
  const server = await start({ settings: { max_connections: '42' } });
  expect(await ask(server, 'show listen_addresses')).toEqual(['127.0.0.1']);
  expect(await ask(server, 'show fsync')).toEqual(['on']);
  expect(await ask(server, 'show max_connections')).toEqual(['42']);
  const stranger = new Client({ connectionString: server.url.replace(/:[^:@]+@/, ':guess@') });
  await expect(stranger.connect()).rejects.toThrow('password authentication failed');
  expect(process.listenerCount('SIGINT') + process.listenerCount('SIGTERM') + process.listenerCount('exit')).toBe(
    before,
  );
});

it('keeps its password beside the data, for its owner alone', async () => {
  const server = await start();
  const file = `${dataDir}.password`;
  expect(server.url).toContain((await readFile(file, 'utf8')).trim());
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await server.stop();
  await expect(start({ password: 'another' })).rejects.toThrow('The password does not fit the data');
  await rename(file, `${file}.lost`);
  await expect(start()).rejects.toThrow(`is missing: put it back into ${file}.`);
  await rename(`${file}.lost`, file);
});

it('refuses a second server on the same directory and names the first', async () => {
  await start();
  const pid = await runningServer(dataDir);
  await expect(start()).rejects.toThrow(`A PostgreSQL server (pid ${pid}) is already running on ${dataDir}`);
  expect(isAlive(pid as number)).toBe(true);
});

it.each([
  ['of a process that has gone', 2 ** 22 + 1],
  ['that another program has now', process.pid],
])('starts over a lock file with a pid %s', async (_, pid) => {
  await (await start()).stop();
  await writeFile(join(dataDir, 'postmaster.pid'), `${pid}\n${dataDir}\n1\n5432\n\n127.0.0.1\n\nready\n`);
  expect(await ask(await start(), 'select 1')).toEqual([1]);
});

it('names the port that another program has', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  await expect(start({ port })).rejects.toThrow(`Port ${port} is in use by another program`);
  other.close();
});

it('lets one of two first starts win', async () => {
  const twice = join(place, 'twice');
  const answers = await Promise.allSettled([start({ dataDir: twice }), start({ dataDir: twice })]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const refused = answers.find((answer) => answer.status === 'rejected');
  expect(String(refused?.reason)).toContain('is already running on');
});

it('starts afresh where making the data directory was cut off', async () => {
  const cut = join(place, 'cut');
  await mkdir(join(`${cut}.making-${2 ** 22 + 1}-00000000`, 'cluster', 'base'), { recursive: true });
  expect(await ask(await start({ dataDir: cut }), 'select 1')).toEqual([1]);
  expect((await readdir(place)).filter((name) => name.startsWith('cut'))).toEqual(['cut', 'cut.password']);
});

it('never touches a directory that holds something else', async () => {
  const letters = join(place, 'letters');
  await mkdir(letters);
  await writeFile(join(letters, 'letter.txt'), 'Dear city');
  await expect(start({ dataDir: letters })).rejects.toThrow('is not a PostgreSQL data directory');
  expect(await readdir(letters)).toEqual(['letter.txt']);
});

it('says which version made the data', async () => {
  await (await start()).stop();
  const file = join(dataDir, 'PG_VERSION');
  const version = await readFile(file, 'utf8');
  await writeFile(file, '13\n');
  await expect(start()).rejects.toThrow(`was made by PostgreSQL 13 and this is PostgreSQL ${version.trim()}`);
  await writeFile(file, version);
});

it('says which directory is in the way', async () => {
  const file = join(place, 'file');
  await writeFile(file, '');
  await expect(start({ dataDir: join(file, 'pg') })).rejects.toThrow(
    `The directory ${file} could not be made (EEXIST)`,
  );
  const secret = join(place, 'secret');
  await mkdir(secret, { mode: 0o700 });
  const outcome = await start({ dataDir: join(secret, 'pg') }).then(
    () => 'started',
    (error: Error) => error.message,
  );
  // Only root runs the server as another user, who must be able to get there.
  expect(outcome).toContain(process.getuid?.() === 0 ? `may not enter ${secret}` : 'started');
});

it('passes on what the server said when it ends early', async () => {
  await expect(start({ settings: { shared_buffers: 'plenty' } })).rejects.toThrow(/did not start .*shared_buffers/);
});

it('ends with the process that started it, even a killed one', async () => {
  const source = join(import.meta.dirname, 'postgres.ts');
  const script = `const { startPostgres } = await import(${JSON.stringify(source)});
    await startPostgres({ dataDir: ${JSON.stringify(dataDir)} }); console.log('started');`;
  const hooks = join(import.meta.dirname, '../../source.js');
  const starter = spawn(process.execPath, ['--import', hooks, '--input-type=module', '-e', script]);
  await once(starter.stdout, 'data');
  const pid = (await runningServer(dataDir)) as number;
  starter.kill('SIGKILL');
  while (isAlive(pid)) await sleep(20);
  expect(await ask(await start(), 'select 1')).toEqual([1]);
});
