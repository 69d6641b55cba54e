import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { proveAccessLog } from '#vault/access-log-proof.js';
import { KeyDirectory } from '#vault/key-directory.js';
import { subjectOf } from '../account/account-log.js';
import { cookieIn, passwordOf, startRehearsalGateway, type RehearsalGateway } from '../rehearsal-gateway.js';

let gateway: RehearsalGateway;
beforeAll(async () => {
  gateway = await startRehearsalGateway();
});
afterAll(() => gateway?.stop());

const slugOf = async (answer: Response) => [answer.status, ((await answer.json()) as { slug: string }).slug];
const tryOf = (accountId: string, password: string) =>
  gateway.ask('POST /api/sign-in', { body: { accountId, password } });
const withoutTries = () => gateway.rows('delete from sign_in_attempts');

describe('signing in', () => {
  test('opens the desk to an account and tells who it is', async () => {
    const answer = await tryOf('operator', passwordOf('operator'));
    const me = { accountId: 'operator', roles: ['operator'], handler: true, mark: 'demo' };
    expect([answer.status, await answer.json()]).toEqual([200, me]);
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^uketsuke=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(await (await gateway.ask('GET /api/me', { as: cookieIn(answer) })).json()).toEqual(me);
  });

  test('needs the right password, and tells nothing about whether there is such an account', async () => {
    const [wrong, unknown] = [await tryOf('city', 'not my password'), await tryOf('nobody', 'not my password')];
    const [one, other] = [await wrong.json(), await unknown.json()] as Record<string, unknown>[];
    expect([wrong.status, one!['slug']]).toEqual([401, 'wrong-credentials']);
    expect({ ...other, correlationId: '' }).toEqual({ ...one, correlationId: '' });
    expect(wrong.headers.getSetCookie()).toEqual([]);
  });

  test('takes as long for an account that does not exist', async () => {
    const times = { city: Infinity, 'nobody-else': Infinity };
    for (const accountId of Object.keys(times) as (keyof typeof times)[]) {
      for (let i = 0; i < 3; i += 1) {
        await withoutTries();
        const started = performance.now();
        await tryOf(accountId, 'not my password');
        times[accountId] = Math.min(times[accountId], performance.now() - started);
      }
    }
    // A look into a table takes a millisecond, argon2id more than ten.
    expect(times['nobody-else']).toBeGreaterThan(times.city / 3);
  });

  test('gives a new session each time, and ends the one of before', async () => {
    const before = await gateway.signIn('auditor');
    const body = { accountId: 'auditor', password: passwordOf('auditor') };
    const after = cookieIn(await gateway.ask('POST /api/sign-in', { as: before, body }));
    expect(after).not.toBe(before);
    expect((await gateway.ask('GET /api/me', { as: before })).status).toBe(401);
    expect((await gateway.ask('GET /api/me', { as: after })).status).toBe(200);
  });

  test('takes no session id that somebody chose beforehand', async () => {
    const planted = `uketsuke=${'A'.repeat(43)}`;
    const body = { accountId: 'auditor', password: passwordOf('auditor') };
    expect(cookieIn(await gateway.ask('POST /api/sign-in', { as: planted, body }))).not.toBe(planted);
    expect((await gateway.ask('GET /api/me', { as: planted })).status).toBe(401);
  });

  test('locks an account for a while after ten tries, also when they come at once, and not its neighbour', async () => {
    await withoutTries();
    const tries = await Promise.all(Array.from({ length: 12 }, () => tryOf('manager', 'not my password')));
    expect(tries.map(({ status }) => status).toSorted()).toEqual([...Array(10).fill(401), 429, 429]);
    const locked = await tryOf('manager', passwordOf('manager'));
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(500);
    expect(await slugOf(locked)).toEqual([429, 'too-many']);
    expect((await tryOf('operator', passwordOf('operator'))).status).toBe(200);
    await withoutTries();
    expect((await tryOf('manager', passwordOf('manager'))).status).toBe(200);
  });

  test('makes the fourth wrong try and those after it wait', async () => {
    await withoutTries();
    for (let i = 0; i < 3; i += 1) await tryOf('nobody', 'not my password');
    const started = performance.now();
    await tryOf('nobody', 'not my password');
    expect(performance.now() - started).toBeGreaterThan(200);
    await withoutTries();
  });

  test('refuses what is no account and no password, all fields at once', async () => {
    const answer = await gateway.ask('POST /api/sign-in', { body: { accountId: 7, password: '', more: 1 } });
    const { slug, fields } = (await answer.json()) as { slug: string; fields: { field: string }[] };
    expect([answer.status, slug]).toEqual([400, 'invalid-body']);
    expect(fields.map(({ field }) => field).toSorted()).toEqual(['accountId', 'more', 'password']);
  });
});

describe('a session', () => {
  test('ends by signing out, also for a copy of its cookie', async () => {
    const cookie = await gateway.signIn('city');
    const out = await gateway.ask('POST /api/sign-out', { as: cookie });
    expect([out.status, out.headers.getSetCookie()[0]]).toEqual([204, expect.stringMatching(/^uketsuke=;.*Expires=/)]);
    expect(await slugOf(await gateway.ask('GET /api/me', { as: cookie }))).toEqual([401, 'not-signed-in']);
  });

  test.each([
    ['an hour in which nothing was asked for', `seen_at = now() - interval '61 minutes'`],
    ['a shift of twelve hours', `ends_at = now() - interval '1 second'`],
  ])('ends after %s', async (_, aged) => {
    const cookie = await gateway.signIn('city');
    await gateway.rows(`update sign_ins set ${aged}`);
    expect((await gateway.ask('GET /api/me', { as: cookie })).status).toBe(401);
  });

  test('goes on while somebody works', async () => {
    const cookie = await gateway.signIn('city');
    await gateway.rows(`update sign_ins set seen_at = now() - interval '50 minutes'`);
    expect((await gateway.ask('GET /api/me', { as: cookie })).status).toBe(200);
    const [row] = await gateway.rows(`select max(seen_at) > now() - interval '1 minute' as fresh from sign_ins`);
    expect(row).toEqual({ fresh: true });
  });

  test('is kept as a hash: a copy of the database opens nothing', async () => {
    const cookie = await gateway.signIn('city');
    const everything = JSON.stringify([
      await gateway.rows(`select encode(sign_in_hash, 'escape') as hash, * from sign_ins`),
      await gateway.rows('select * from accounts'),
    ]);
    expect(everything).not.toContain(cookie.split('=')[1]!);
    expect(everything).not.toContain(passwordOf('city'));
    expect(everything).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
  });
});

test('the account log tells of sign-ins and failures, and keeps nothing that was typed wrongly', async () => {
  await withoutTries();
  await gateway.signIn('supervisor');
  await tryOf('supervisor', 'not my password');
  await tryOf('my secret typed here', 'x');
  const log = await gateway.rows(
    'select account_id, action, purpose, outcome, subjects from access_log order by n desc limit 3',
  );
  const entry = { account_id: '-', action: 'sign-in', purpose: 'password', outcome: 'refused', subjects: [] };
  expect(log).toEqual([
    entry,
    { ...entry, subjects: [subjectOf('supervisor')] },
    { ...entry, account_id: 'supervisor', outcome: 'done' },
  ]);
});

test('the account log is a chain: an entry that was changed is named', async () => {
  await gateway.signIn('supervisor');
  const keys = await KeyDirectory.open(gateway.keyDirectory);
  const pool = new pg.Pool({ connectionString: gateway.databaseUrl });
  const head = join(gateway.keyDirectory, 'gateway.access-log-head.json');
  const prove = () => proveAccessLog(pool, keys.keyOf('access-log'), head);
  expect((await prove()).broken).toBeUndefined();
  await gateway.rows('alter table access_log disable trigger all');
  await gateway.rows(`update access_log set account_id = 'city' where n = 2`);
  expect((await prove()).broken?.entry).toBe(2);
  await pool.end();
});
