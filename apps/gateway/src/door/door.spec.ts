import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { accessPolicy, verdictOn } from '#contracts/access/access-policy.js';
import { ROLES, type Role } from '#contracts/access/roles.js';
import { startRehearsalGateway, type RehearsalGateway } from '../rehearsal-gateway.js';

let gateway: RehearsalGateway;
const cookies = {} as Record<Role, string>;
beforeAll(async () => {
  gateway = await startRehearsalGateway({ REQUESTS_PER_SECOND: '1000' });
  for (const role of ROLES) cookies[role] = await gateway.signIn(role);
});
afterAll(() => gateway?.stop());

const slugOf = async (answer: Response) => [answer.status, ((await answer.json()) as { slug?: string }).slug];
const key = { 'idempotency-key': 'k-1' };

describe('the door', () => {
  test('lets every role to what the access policy gives it, and to nothing else', async () => {
    // What ends a session, an account or a stream is left out: it is let in like the rest.
    const asked = accessPolicy.filter(({ path }) => !/sign-|accounts|live/.test(path));
    for (const { method, path, ...endpoint } of asked) {
      const route = `${method} /api${path.replace(/:\w+/g, 'any')}`;
      for (const role of ROLES) {
        const { status } = await gateway.ask(route, { as: cookies[role], headers: key });
        const isLetIn = verdictOn({ method, path, ...endpoint }, { roles: [role], handler: true }) === 'allowed';
        expect([route, role, status === 403]).toEqual([route, role, !isLetIn]);
      }
      expect(await slugOf(await gateway.ask(route))).toEqual([401, 'not-signed-in']);
    }
  });

  test('says at / in a sentence what stands here, to everybody', async () => {
    const answer = await gateway.ask('GET /');
    const type = answer.headers.get('content-type');
    expect([answer.status, type]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(await answer.text()).toMatch(/^Uketsuke is an API for now, without a screen\. .*\/api\/openapi\.json/);
  });

  test.each([
    'GET /api/nothing',
    'DELETE /api/terms',
    'PUT /api/me',
    'GET /api/internal/seats',
    'GET /other',
    'GET /api',
  ])('answers %s, which is no route, with 404 to everybody', async (route) => {
    expect(await slugOf(await gateway.ask(route))).toEqual([404, 'not-found']);
    expect(await slugOf(await gateway.ask(route, { as: cookies.manager }))).toEqual([404, 'not-found']);
  });

  test.each([
    [{ origin: 'https://elsewhere.example' }],
    [{ origin: 'null' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
  ])('refuses what a page of another site has its visitor do: %j', async (headers) => {
    const answer = await gateway.ask('POST /api/holds', {
      as: cookies.operator,
      headers: { ...headers, ...key },
      body: {},
    });
    const { slug, reason } = (await answer.json()) as Record<string, string>;
    expect([answer.status, slug, reason]).toEqual([403, 'forbidden', 'other-origin']);
    const signIn = await gateway.ask('POST /api/sign-in', { headers, body: {} });
    expect(signIn.status).toBe(403);
  });

  test('lets the own pages and scripts in', async () => {
    for (const headers of [{ origin: gateway.url, 'sec-fetch-site': 'same-origin' }, {}] as Record<string, string>[]) {
      const answer = await gateway.ask('POST /api/holds', {
        as: cookies.operator,
        headers: { ...headers, ...key },
        body: {},
      });
      expect(answer.status).toBe(201);
    }
    const look = { 'sec-fetch-site': 'cross-site' };
    expect((await gateway.ask('GET /api/me', { as: cookies.operator, headers: look })).status).toBe(200);
  });

  test('wants a key for what must be done once, after it has looked who asks', async () => {
    const body = {};
    expect(await slugOf(await gateway.ask('POST /api/holds', { body }))).toEqual([401, 'not-signed-in']);
    const answer = await gateway.ask('POST /api/holds', { as: cookies.operator, body });
    expect(await slugOf(answer)).toEqual([400, 'idempotency-key-missing']);
  });

  test('says on every answer what a browser may do with it', async () => {
    const { headers } = await gateway.ask('GET /api/me', { as: cookies.operator });
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none';script-src 'self';style-src 'self';font-src 'self';img-src 'self' data:;connect-src 'self';" +
        "form-action 'self';frame-ancestors 'none';base-uri 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('strict-transport-security')).toBeNull();
    const refused = await gateway.ask('GET /api/terms');
    expect([refused.headers.get('cache-control'), refused.headers.get('content-type')]).toEqual([
      'no-store',
      expect.stringMatching('application/problem.json'),
    ]);
  });

  test('answers probes without a sign-in, and nothing else outside /api', async () => {
    expect((await gateway.ask('GET /health/ready')).status).toBe(200);
    expect((await gateway.ask('GET /openapi.json')).status).toBe(404);
  });

  test('notes who was refused what', async () => {
    await gateway.ask('POST /api/terms', { as: cookies.operator, body: {} });
    const [entry] = await gateway.rows('select account_id, action, purpose from access_log order by n desc limit 1');
    expect(entry).toEqual({ account_id: 'operator', action: 'refuse', purpose: 'POST-terms' });
  });
});

test('a program that asks too fast is told when to come back, and others are not held up', async () => {
  const slow = await startRehearsalGateway({ REQUESTS_PER_SECOND: '10' });
  try {
    const [fast, other] = [await slow.signIn('operator'), await slow.signIn('city')];
    const answers = await Promise.all(Array.from({ length: 30 }, () => slow.ask('GET /api/me', { as: fast })));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(10);
    expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect((await slow.ask('GET /api/me', { as: other })).status).toBe(200);
  } finally {
    await slow.stop();
  }
});
