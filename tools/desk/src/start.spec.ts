import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { accessPolicy } from '#contracts/access/access-policy.js';
import { freePort } from '#servers/free-port.js';
import type { DemoAccount } from './desk-accounts.js';
import type { DeskFile } from './desk-directory.js';
import { RehearsalDesk } from './rehearsal-desk.js';
import { runTls } from './tls-command.js';

jest.setTimeout(120_000);

let scratch: string;
let port: string;
const desks: RehearsalDesk[] = [];
const start = (...args: string[]) => {
  const desk = new RehearsalDesk(['--data', join(scratch, 'desk'), '--port', port, ...args]);
  desks.push(desk);
  return desk;
};
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'uketsuke-desk-'));
  // PostgreSQL may have to run as another user.
  chmodSync(scratch, 0o711);
  port = String(await freePort());
});
afterAll(async () => {
  await Promise.all(desks.map((desk) => desk.end()));
  rmSync(scratch, { recursive: true, force: true });
});

const file = (name: string) => join(scratch, 'desk', name);
const read = <Content>(name: string) => JSON.parse(readFileSync(file(name), 'utf8')) as Content;
const operator = () => {
  const { accountId, password } = read<DemoAccount[]>('demo-accounts.json').find(({ role }) => role === 'operator')!;
  return JSON.stringify({ accountId, password });
};
/** The servers and services of a desk. */
const processesOf = (pid: number) =>
  execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null && Number(match[2]) === pid && !/^ps | leash /.test(match[3]!))
    .map((match) => ({ pid: Number(match![1]), command: match![3]! }));

describe('a desk, from its first start on', () => {
  let desk: RehearsalDesk;
  let url: string;

  test('says what it does, and that it is ready, exactly', async () => {
    desk = start('--demo');
    url = await desk.ready();
    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect(desk.output.split('\n')).toEqual([
      '[1/2] Starting PostgreSQL',
      '[2/2] Starting the services',
      `Accounts of the demonstration and their passwords: ${file('demo-accounts.json')}`,
      `Uketsuke is ready: ${url}`,
      '',
    ]);
  });

  test('lets its demo accounts in, one a role, trained and designated', async () => {
    const roles = read<DemoAccount[]>('demo-accounts.json').map(({ role }) => role);
    expect(roles).toEqual(['operator', 'supervisor', 'manager', 'city', 'privacyOfficer', 'auditor', 'administrator']);
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/api/sign-in`, { method: 'POST', headers, body: operator() });
    expect(await answer.json()).toEqual({
      accountId: 'demo-operator',
      roles: ['operator'],
      handler: true,
      mark: 'demo',
    });
    const cookie = answer.headers.getSetCookie()[0]!;
    const board = await fetch(`${url}/api/capacity/sessions`, { headers: { cookie } });
    expect([board.status, await board.json()]).toEqual([200, expect.objectContaining({ sessions: [] })]);
  });

  test('documents every endpoint of the access policy, with no personal data in a path or a query', async () => {
    const { paths } = await openApiOf(url);
    const described = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path.slice(4).replace(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(described.toSorted()).toEqual(accessPolicy.map(({ method, path }) => `${method} ${path}`).toSorted());
    const places = Object.values(paths).flatMap((item) =>
      Object.values(item).flatMap(({ parameters = [] }) => parameters.filter((one) => one.in !== 'header')),
    );
    const words = new Set(places.map(({ name }) => name));
    // Ids, codes of the calendar, of the post and of the city's plan, states, numbers, and where a list goes on: nothing
    // that somebody told the desk of a person
    const plain = new Set([
      ...['limit', 'after', 'asOf', 'since', 'instant', 'from', 'to', 'on', 'date', 'month', 'within', 'postBy'],
      ...['term', 'course', 'venue', 'ward', 'code', 'available', 'state', 'lane', 'open', 'overdue', 'toReview'],
      ...['dryRun', 'confirm', 'agreementNumber', 'templateVersion', 'category', 'cause', 'queue', 'set', 'dataset'],
      ...['format', 'as', 'aht', 'serviceLevel', 'volume', 'termTotal', 'firstDayShare', 'seats'],
    ]);
    expect([...words].filter((word) => !plain.has(word) && !/^\w+Id$/.test(word))).toEqual([]);
  });

  test('keeps keys, passwords and accounts to itself', () => {
    const modes = ['keys', 'logs', 'desk.json', 'demo-accounts.json', 'postgres.password'].map((name) => [
      name,
      (statSync(file(name)).mode & 0o777).toString(8),
    ]);
    expect(modes).toEqual([
      ['keys', '700'],
      ['logs', '700'],
      ['desk.json', '600'],
      ['demo-accounts.json', '600'],
      ['postgres.password', '600'],
    ]);
    const keys = readdirSync(file('keys')).filter((name) => statSync(join(file('keys'), name)).isFile());
    expect(keys.map((name) => (statSync(join(file('keys'), name)).mode & 0o777).toString(8))).toEqual(
      keys.map(() => '600'),
    );
  });

  test('gives each service a database that the others cannot open, and its reader the published log only', async () => {
    const { databases, readers } = read<DeskFile>('desk.json');
    const ask = async (address: string, sql: string) => {
      const client = new pg.Client({ connectionString: address });
      try {
        await client.connect();
        return (await client.query(sql)).rowCount;
      } finally {
        await client.end();
      }
    };
    const strange = new URL(databases['gateway']!.url);
    strange.pathname = new URL(databases['reservations']!.url).pathname;
    await expect(ask(strange.href, 'select')).rejects.toThrow('permission denied');
    expect(await ask(readers['capacity']!['reservations']!, 'select from published_events')).toBe(0);
    await expect(ask(readers['capacity']!['reservations']!, 'select from events')).rejects.toThrow('permission denied');
    const changing = `update desk_mark set mark = 'production'`;
    await expect(ask(databases['gateway']!.url, changing)).rejects.toThrow('permission denied');
  });

  test('is refused a second time in the same directory, and its port to another desk', async () => {
    const again = start();
    expect([await again.exited, again.output]).toEqual([
      1,
      `A desk runs in ${join(scratch, 'desk')} already (pid ${desk.pid}): stop it with "kill ${desk.pid}", or choose another --data.\n`,
    ]);
    const other = new RehearsalDesk(['--data', join(scratch, 'other'), '--port', port]);
    expect([await other.exited, other.output]).toEqual([
      1,
      `Port ${port} of 127.0.0.1 is in use by another program: stop that program or choose another --port or --host.\n`,
    ]);
  });

  test('stops cleanly when it is asked to, and leaves nothing running', async () => {
    const children = processesOf(desk.pid);
    expect(children.length).toBeGreaterThanOrEqual(4);
    desk.signal('SIGINT');
    expect(await desk.exited).toBe(0);
    const alive = children.filter(({ pid }) => isAlive(pid));
    expect(alive).toEqual([]);
    expect(readdirSync(join(scratch, 'desk'))).not.toContain('desk.pid');
    const said = readFileSync(join(file('logs'), 'reservations.log'), 'utf8');
    expect(said).toContain('"code":0,"msg":"Stopped"');
  });

  test.each([
    [['--mark', 'training'], 'This desk is marked デモ (demo) for good and --mark training is refused'],
    [['--demo', '--mark', 'training'], '--demo and --mark exclude each other'],
    [['--mark', 'fun'], '--mark fun is not known'],
    [['--port', '0'], '--port 0 is not a port'],
    [['--fast'], "Unknown option '--fast'"],
    [['--host', '0.0.0.0'], 'On 0.0.0.0 others could read the passwords'],
    [['--tls-cert', 'x.pem'], '--tls-cert and --tls-key belong together'],
  ])('is not started with %j', async (args, sentence) => {
    const refused = start(...args);
    expect(await refused.exited).toBe(1);
    expect(refused.output).toContain(sentence);
    expect(refused.output).not.toContain('    at ');
  });

  test('is signed in to from another address over TLS, with the CA of the office', async () => {
    const host = addressOfThisMachine();
    const said: string[] = [];
    expect(await runTls(['--data', join(scratch, 'desk'), 'desk.example', host], (line) => said.push(line))).toBe(0);
    const [ca, cert, key] = ['office-ca.pem', 'server.pem', 'server-key.pem'].map((name) => file(`tls/${name}`));
    // What a killed desk has left behind
    writeFileSync(file('desk.pid'), '999999');
    desk = start('--host', host, '--tls-cert', cert!, '--tls-key', key!);
    url = await desk.ready();
    expect(url).toBe(`https://${host}:${port}`);
    const { status, headers } = await signInOverTls(url, readFileSync(ca!, 'utf8'));
    expect(status).toBe(200);
    expect(headers['set-cookie']![0]).toMatch(/^__Host-uketsuke=[\w-]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
    await expect(signInOverTls(url, undefined)).rejects.toThrow(/certificate/);
  });

  test('names a service that has died, and ends', async () => {
    const capacity = processesOf(desk.pid).find(({ command }) => command.includes('apps/capacity'))!;
    process.kill(capacity.pid, 'SIGKILL');
    expect(await desk.exited).toBe(1);
    expect(desk.output).toContain('The service capacity ended (exit code none)');
    expect(isAlive(capacity.pid)).toBe(false);
  });
});

interface Described {
  readonly paths: Record<string, Record<string, { parameters?: { in: string; name: string }[] }>>;
}

async function openApiOf(url: string): Promise<Described> {
  const headers = { 'content-type': 'application/json' };
  const { headers: given } = await fetch(`${url}/api/sign-in`, { method: 'POST', headers, body: operator() });
  const answer = await fetch(`${url}/api/openapi.json`, { headers: { cookie: given.getSetCookie()[0]! } });
  return (await answer.json()) as Described;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function addressOfThisMachine(): string {
  const all = Object.values(networkInterfaces()).flat();
  return all.find((one) => one?.family === 'IPv4' && !one.internal)?.address ?? '127.0.0.2';
}

function signInOverTls(url: string, ca: string | undefined) {
  return new Promise<{ status: number; headers: Record<string, string | string[] | undefined> }>((resolve, reject) => {
    const options = { method: 'POST', headers: { 'content-type': 'application/json' }, agent: false as const };
    const asked = request(`${url}/api/sign-in`, { ...options, ...(ca && { ca }) }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode!, headers: answer.headers });
    });
    asked.on('error', reject);
    asked.end(operator());
  });
}
