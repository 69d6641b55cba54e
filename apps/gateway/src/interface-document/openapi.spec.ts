import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { accessPolicy } from '#contracts/access/access-policy.js';
import { documentFlaws } from '#platform/rehearsal/document-flaws.js';
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
interface Operation {
  readonly parameters?: { in: string; name: string; required?: boolean }[];
  readonly security: object[];
  readonly responses: Record<string, { content?: object }>;
}
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

test('the AsyncAPI document is there for whoever listens', async () => {
  const answer = await gateway.ask('GET /api/asyncapi.json', { as: await gateway.signIn('auditor') });
  expect(await answer.json()).toMatchObject({ asyncapi: '3.0.0', channels: { 'reservations.events': {} } });
});
