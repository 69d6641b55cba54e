import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { plusDays } from '#calendar/civil-time.js';
import { startRehearsalGateway, type RehearsalGateway } from '../rehearsal-gateway.js';
import { subjectOf } from './account-log.js';
import { today } from './accounts.js';

let gateway: RehearsalGateway;
let administrator: string;
let manager: string;
beforeAll(async () => {
  gateway = await startRehearsalGateway();
  [administrator, manager] = [await gateway.signIn('administrator'), await gateway.signIn('manager')];
});
afterAll(() => gateway?.stop());

const password = 'a sentence that is long enough';
const send = (route: string, as: string, body?: unknown) => gateway.ask(route, { as, body });
const slugOf = async (answer: Response) => [answer.status, ((await answer.json()) as { slug?: string }).slug];
const make = (accountId: string, roles = ['operator']) =>
  send('POST /api/accounts', administrator, { accountId, password, roles });
async function signIn(accountId: string): Promise<string> {
  const answer = await gateway.ask('POST /api/sign-in', { body: { accountId, password } });
  return answer.headers.getSetCookie()[0]!.split(';')[0]!;
}
const meOf = async (as: string) => (await gateway.ask('GET /api/me', { as })).json();

describe('an account', () => {
  test('is made once, by the administrator', async () => {
    expect((await make('op-01')).status).toBe(201);
    expect(await slugOf(await make('op-01'))).toEqual([409, 'account-exists']);
    expect(await slugOf(await send('POST /api/accounts', manager, {}))).toEqual([403, 'forbidden']);
    expect(await meOf(await signIn('op-01'))).toEqual({
      accountId: 'op-01',
      roles: ['operator'],
      handler: false,
      mark: 'demo',
    });
  });

  test('needs a password of fifteen characters, a role that exists and a name that is none of a person', async () => {
    const body = { accountId: '山田', password: 'short', roles: ['boss'] };
    const answer = await send('POST /api/accounts', administrator, body);
    const { fields } = (await answer.json()) as { fields: { field: string }[] };
    expect([answer.status, fields.map(({ field }) => field).toSorted()]).toEqual([
      400,
      ['accountId', 'password', 'roles'],
    ]);
  });

  test('with another role has to sign in again', async () => {
    await make('op-02');
    const before = await signIn('op-02');
    const changed = await send('PUT /api/accounts/op-02/roles', administrator, { roles: ['supervisor'] });
    expect([changed.status, (await gateway.ask('GET /api/me', { as: before })).status]).toEqual([204, 401]);
    expect(await meOf(await signIn('op-02'))).toMatchObject({ roles: ['supervisor'] });
  });

  test('that is disabled is out at once and does not come in again', async () => {
    await make('op-03');
    const cookie = await signIn('op-03');
    expect((await send('POST /api/accounts/op-03/disable', administrator)).status).toBe(204);
    expect((await gateway.ask('GET /api/me', { as: cookie })).status).toBe(401);
    const again = await gateway.ask('POST /api/sign-in', { body: { accountId: 'op-03', password } });
    expect(await slugOf(again)).toEqual([401, 'wrong-credentials']);
    expect(await slugOf(await send('POST /api/accounts/nobody/disable', administrator))).toEqual([404, 'not-found']);
  });

  test('handles personal data from the day it is trained and designated to the last day of both', async () => {
    await make('op-04');
    const cookie = await signIn('op-04');
    const isHandler = async () => ((await meOf(cookie)) as { handler: boolean }).handler;
    const record = async (what: string, body: object) =>
      expect((await send(`POST /api/accounts/op-04/${what}`, manager, body)).status).toBe(204);
    await record('trainings', { module: 'handling', completedOn: plusDays(today(), -400) });
    await record('designations', { from: today(), until: plusDays(today(), 30) });
    expect(await isHandler()).toBe(false);
    await record('trainings', { module: 'security', completedOn: today() });
    expect(await isHandler()).toBe(false);
    await record('trainings', { module: 'handling', completedOn: plusDays(today(), -10), validUntil: today() });
    expect(await isHandler()).toBe(true);
    await gateway.rows(`update designations set valid_until = valid_from where account_id = 'op-04'`);
    expect(await isHandler()).toBe(true);
    await gateway.rows(`update designations set valid_from = valid_from - 1, valid_until = valid_until - 1
      where account_id = 'op-04'`);
    expect(await isHandler()).toBe(false);
  });

  test.each([
    ['trainings', { module: 'handling', completedOn: '2026-02-29' }],
    ['trainings', { module: 'handling', completedOn: '2999-01-01' }],
    ['trainings', { module: 'handling', completedOn: '2026-01-01', validUntil: '2027-06-01' }],
    ['designations', { from: '2026-05-02', until: '2026-05-01' }],
  ])('has no %s like %j', async (what, body) => {
    const answer = await send(`POST /api/accounts/operator/${what}`, manager, body);
    expect(await slugOf(answer)).toEqual([400, 'invalid-body']);
  });

  test('is listed page by page with what makes it a handler, and without its password', async () => {
    const page = async (after?: string) =>
      (await (await send(`GET /api/accounts?limit=2${after ? `&after=${after}` : ''}`, administrator)).json()) as {
        accounts: { accountId: string; trainings: object[] }[];
        next?: string;
      };
    const first = await page();
    expect(first.accounts.map(({ accountId }) => accountId)).toEqual(['administrator', 'auditor']);
    expect(first.accounts[1]).toEqual({
      ...{ accountId: 'auditor', kind: 'person', roles: ['auditor'], handler: true, disabled: false },
      trainings: expect.arrayContaining([
        { module: 'handling', completedOn: today(), validUntil: plusDays(today(), 365) },
      ]),
      designations: [{ from: today(), until: plusDays(today(), 365) }],
    });
    expect((await page(first.next)).accounts[0]!.accountId).toBe('city');
    expect(await slugOf(await send('GET /api/accounts?limit=501', administrator))).toEqual([400, 'invalid-body']);
  });
});

describe('a service account', () => {
  const use = (token: string, route = 'GET /api/me') =>
    gateway.ask(route, { headers: { authorization: `Bearer ${token}` } });

  test('comes in by its token with one role, never as a handler, until the token ends', async () => {
    const body = { accountId: 'city-feed', role: 'city', validUntil: plusDays(today(), 30) };
    const { token } = (await (await send('POST /api/service-accounts', administrator, body)).json()) as {
      token: string;
    };
    expect(await (await use(token)).json()).toEqual({
      accountId: 'city-feed',
      roles: ['city'],
      handler: false,
      mark: 'demo',
    });
    expect((await use(token, 'GET /api/accounts')).status).toBe(403);
    expect((await use(`${token}x`)).status).toBe(401);
    expect(JSON.stringify(await gateway.rows('select * from accounts'))).not.toContain(token);
    await gateway.rows(`update accounts set token_ends_at = now() where account_id = 'city-feed'`);
    expect((await use(token)).status).toBe(401);
  });

  test('is ended by the administrator, and nobody signs in, is trained or gets other roles as one', async () => {
    const body = { accountId: 'old-feed', role: 'operator', validUntil: plusDays(today(), 30) };
    const { token } = (await (await send('POST /api/service-accounts', administrator, body)).json()) as {
      token: string;
    };
    const training = { module: 'handling', completedOn: today() };
    expect((await send('POST /api/accounts/old-feed/trainings', manager, training)).status).toBe(404);
    const roles = { roles: ['operator', 'administrator'] };
    expect((await send('PUT /api/accounts/old-feed/roles', administrator, roles)).status).toBe(404);
    expect(await (await use(token)).json()).toMatchObject({ roles: ['operator'] });
    const signIn = await gateway.ask('POST /api/sign-in', { body: { accountId: 'old-feed', password: token } });
    expect(signIn.status).toBe(401);
    expect((await send('DELETE /api/service-accounts/old-feed', administrator)).status).toBe(204);
    expect((await use(token)).status).toBe(401);
  });

  test('of the city reads its feeds and no list of people; one that is over, ended or of another desk reads nothing', async () => {
    const feed = 'GET /api/feeds/v1/manifest.json';
    const made = async (accountId: string) => {
      const body = { accountId, role: 'city', validUntil: plusDays(today(), 30) };
      return ((await (await send('POST /api/service-accounts', administrator, body)).json()) as { token: string })
        .token;
    };
    const reaches = async (token: string, route = feed) => ![401, 403].includes((await use(token, route)).status);
    const [running, over, ended] = [await made('feed-a'), await made('feed-b'), await made('feed-c')];
    expect(await Promise.all([running, over, ended].map((token) => reaches(token)))).toEqual([true, true, true]);
    for (const people of [`GET /api/rosters/${randomUUID()}.xlsx`, 'POST /api/deliveries', 'GET /api/calls']) {
      expect([people, (await use(running, people)).status]).toEqual([people, 403]);
    }
    await gateway.rows(`update accounts set token_ends_at = now() where account_id = 'feed-b'`);
    await send('DELETE /api/service-accounts/feed-c', administrator);
    expect((await use(over, feed)).status).toBe(401);
    expect((await use(ended, feed)).status).toBe(401);
    const another = await startRehearsalGateway();
    try {
      const theirs = await another.ask('POST /api/service-accounts', {
        as: await another.signIn('administrator'),
        body: { accountId: 'feed-a', role: 'city', validUntil: plusDays(today(), 30) },
      });
      const { token } = (await theirs.json()) as { token: string };
      // The same name and role, at another city's desk
      expect((await use(token, feed)).status).toBe(401);
      expect(await reaches(running)).toBe(true);
    } finally {
      await another.stop();
    }
  });

  test.each([-1, 400])('has no token that ends in %d days', async (days) => {
    const body = { accountId: 'feed', role: 'city', validUntil: plusDays(today(), days) };
    expect(await slugOf(await send('POST /api/service-accounts', administrator, body))).toEqual([400, 'invalid-body']);
  });
});

test('every change of an account is in the account log, with who made it', async () => {
  await make('op-05', ['city']);
  const entries = await gateway.rows(
    'select account_id, action, purpose, outcome, subjects from access_log order by n desc limit 2',
  );
  const entry = { account_id: 'administrator', action: 'account', outcome: 'done', subjects: [subjectOf('op-05')] };
  expect(entries).toEqual([
    { ...entry, purpose: 'role-city' },
    { ...entry, purpose: 'made' },
  ]);
});
