import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { accessPolicy } from '#contracts/access/access-policy.js';
import { documentFlaws } from '#platform/rehearsal/document-flaws.js';
import { undocumentedIn } from '#platform/rehearsal/documented-answer.js';
import type { InterfaceDocument } from '#platform/rehearsal/odd-requests.js';
import { startRehearsalGateway, type RehearsalGateway } from '../rehearsal-gateway.js';
import { mergeDocuments } from './merged-document.js';

let gateway: RehearsalGateway;
let document: OpenAPIObject;
beforeAll(async () => {
  gateway = await startRehearsalGateway();
  const answer = await gateway.ask('GET /api/openapi.json', { as: await gateway.signIn('city') });
  document = (await answer.json()) as OpenAPIObject;
});
afterAll(() => gateway?.stop());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(([method, operation]) => ({ path, method, operation })),
  );
interface ProblemContent {
  readonly schema?: { properties?: { slug?: { enum?: string[] } } };
}
interface Operation {
  readonly parameters?: { in: string; name: string; required?: boolean }[];
  readonly security: object[];
  readonly responses: Record<string, { content?: Record<string, ProblemContent> }>;
}
const slugsOf = ({ responses }: Operation, status: number): unknown =>
  responses[status]?.content?.['application/problem+json']?.schema?.properties?.slug?.enum;
const KEY = { headers: { 'idempotency-key': 'one' } };
const XML = { 'content-type': 'application/xml' };
const routeOf = (method: string, path: string) =>
  `${method.toUpperCase()} ${path.replace('/api', '').replace(/\{(\w+)\}/g, ':$1')}`;

describe('the OpenAPI document', () => {
  test('has every endpoint that the gateway answers itself, and none that is not in the access policy', () => {
    const described = operations().map(({ path, method }) => routeOf(method, path));
    const own = accessPolicy
      .filter(({ service }) => service === 'gateway')
      .map(({ method, path }) => `${method} ${path}`);
    expect(described).toEqual(expect.arrayContaining(own));
    const policy = accessPolicy.map(({ method, path }) => `${method} ${path}`);
    expect(described.filter((route) => !policy.includes(route))).toEqual([]);
  });

  test('has what the services say of themselves, under /api', () => {
    expect(document.paths['/api/reservations/{reservationId}']?.get).toBeDefined();
    expect(document.components?.schemas).toHaveProperty('Hold');
  });

  test('says how to sign in, who may, and what the door refuses', () => {
    for (const { path, operation } of operations()) {
      expect([path, operation.security]).toEqual([
        path,
        path === '/api/sign-in' ? [] : [{ session: [] }, { token: [] }],
      ]);
      expect([path, Object.keys(operation.responses)]).toEqual([path, expect.arrayContaining(['401'])]);
    }
    const key = operations()
      .find(({ path }) => path === '/api/holds')!
      .operation.parameters!.at(-1);
    expect(key).toMatchObject({ in: 'header', name: 'Idempotency-Key', required: true });
  });

  test.each([
    ['without a key', 'POST /api/holds', {}, 400, 'idempotency-key-missing'],
    ['that nobody can read', 'GET /api/asyncapi.json?odd=%00', {}, 400, 'invalid-body'],
    ['of a page of another site', 'POST /api/sign-in', { headers: { origin: 'http://elsewhere' } }, 403, 'forbidden'],
    ['that climbs out of its route', 'GET /api/reservations/..%2fterms', {}, 404, 'not-found'],
    ['too large', 'POST /api/holds', { ...KEY, body: { odd: 'x'.repeat(1_100_000) } }, 413, 'body-too-large'],
    ['to an address too long', `GET /api/reservations/${'x'.repeat(3_000)}`, {}, 414, 'url-too-long'],
    ['in another form', 'POST /api/holds', { headers: { ...KEY.headers, ...XML }, body: '<a/>' }, 415, 'unsupported-media-type'], // prettier-ignore
  ] as const)('says what the gateway answers to a request %s', async (_, route, asked, status, slug) => {
    const answer = await gateway.ask(route, { ...asked, as: await gateway.signIn('operator') });
    const body = (await answer.json()) as { slug: string };
    expect([answer.status, body.slug]).toEqual([status, slug]);
    const [method, path] = route.split(/[ ?]/) as [string, string];
    const described = path.replace(/(?<=reservations\/).*/, '{reservationId}');
    expect(
      undocumentedIn(document as unknown as InterfaceDocument, { method, route: described, status, body }),
    ).toEqual([]);
  });

  test('says that everything can be unavailable, and forgets nothing that a service says of itself', () => {
    for (const { path, operation } of operations()) {
      expect([path, slugsOf(operation, 503)]).toEqual([path, expect.arrayContaining(['unavailable'])]);
    }
    const hold = document.paths['/api/holds']!.post as unknown as Operation;
    expect(slugsOf(hold, 409)).toEqual(['session-full']);
    expect(slugsOf(hold, 400)).toEqual(['hold-too-long', 'invalid-body', 'idempotency-key-missing']);
  });

  test('points to nothing that is not there', () => {
    expect(documentFlaws(document)).toEqual([]);
    expect(JSON.stringify(document.paths)).toContain('#/components/schemas/Problem');
  });

  test('is refused rather than answered by half when a service is away', async () => {
    const own = await startRehearsalGateway();
    const as = await own.signIn('city');
    await own.behind.stop();
    expect((await own.ask('GET /api/openapi.json', { as })).status).toBe(503);
    await own.stop();
  });
});

test('two services may call different things by one name', () => {
  const of = (route: string, type: string) =>
    ({
      openapi: '3.1.0',
      info: { title: '', version: '' },
      paths: {
        [route]: { get: { responses: { 200: { description: '', schema: { $ref: '#/components/schemas/Part' } } } } },
      },
      components: { schemas: { Part: { type } } },
    }) as unknown as OpenAPIObject;
  const merged = mergeDocuments({ ...of('/api/me', 'string'), components: { schemas: {} } }, [
    { service: 'reservations', document: of('/terms', 'number') },
    { service: 'capacity', document: of('/capacity/sessions', 'boolean') },
  ]);
  expect(merged.components!.schemas).toEqual({ Part: { type: 'number' }, 'capacity.Part': { type: 'boolean' } });
  expect(JSON.stringify(merged.paths['/api/capacity/sessions'])).toContain('capacity.Part');
});

test('what points to such a thing is another, too, although it is written alike', () => {
  const to = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const of = (type: string) =>
    ({
      openapi: '3.1.0',
      info: { title: '', version: '' },
      paths: {},
      components: {
        schemas: {
          Outer: { properties: { inner: to('Inner') } },
          Inner: { properties: { part: to('Part'), outer: to('Outer') } },
          Part: { type },
          Same: { properties: { self: to('Same') } },
        },
      },
    }) as unknown as OpenAPIObject;
  const { components } = mergeDocuments({ ...of(''), components: { schemas: {} } }, [
    { service: 'reservations', document: of('number') },
    { service: 'capacity', document: of('boolean') },
  ]);
  expect(components!.schemas).toEqual({
    ...of('number').components!.schemas,
    'capacity.Outer': { properties: { inner: to('capacity.Inner') } },
    'capacity.Inner': { properties: { part: to('capacity.Part'), outer: to('capacity.Outer') } },
    'capacity.Part': { type: 'boolean' },
  });
});

test('the AsyncAPI document is there for whoever listens', async () => {
  const answer = await gateway.ask('GET /api/asyncapi.json', { as: await gateway.signIn('auditor') });
  expect(await answer.json()).toMatchObject({ asyncapi: '3.0.0', channels: { 'reservations.events': {} } });
});
