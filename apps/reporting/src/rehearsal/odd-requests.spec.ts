import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accessPolicy } from '#contracts/access/access-policy.js';
import { documentFlaws } from '#platform/rehearsal/document-flaws.js';
import { nullRequests } from '#platform/rehearsal/null-requests.js';
import { oddRequests, type InterfaceDocument } from '#platform/rehearsal/odd-requests.js';
import { ReportDesk } from './report-desk.js';
import * as told from './told.js';
import { idOf } from './told.js';

let desk: ReportDesk;
let document: InterfaceDocument;
beforeAll(async () => {
  desk = await ReportDesk.open();
  await desk.tell(
    ...told.ground(),
    told.scheduled('0702 10:00', 'A', { capacity: 9 }),
    told.made('0711 09:00', 'A', 'r0'),
  );
  document = (await (await fetch(`${desk.service.url}/openapi.json`)).json()) as InterfaceDocument;
});
afterAll(() => desk.close());

test('every endpoint of the policy is documented, and nothing else', () => {
  const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  );
  const own = accessPolicy
    .filter(({ service }) => service === 'reporting')
    .map(({ method, path }) => `${method} ${path}`);
  expect(documented.filter((one) => !/health|metrics|internal/.test(one)).toSorted()).toEqual(own.toSorted());
});

test('a null where none is documented is refused by the name of its field, in every body', async () => {
  const roles = ['supervisor', 'manager', 'city', 'privacyOfficer', 'auditor'] as const;
  const taken: string[] = [];
  for (const { method, path, route, body, field } of nullRequests(document, idOf('t1'))) {
    const answer = await desk.ask(path, { method, roles: [...roles], body: body as object });
    const { fields } = (await answer.json()) as { fields?: { field: string }[] };
    const named = fields?.some((wrong) => wrong.field === field);
    if (answer.status !== 400 || !named) taken.push(`${method} ${route} ${field}: ${answer.status}`);
  }
  expect(taken).toEqual([]);
});

test('the interface document points to nothing that is not there', () => {
  expect(documentFlaws(document)).toEqual([]);
});

test('anything of the documented shape, and anything of none, meets a reason and never an error of ours', async () => {
  const roles = ['supervisor', 'manager', 'city', 'privacyOfficer', 'auditor'] as const;
  const ids = ['A', 't1', 'p-r0'].map(idOf);
  const seen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(oddRequests(document, ids), async ({ method, path, route, body }) => {
      const sent = body !== null && typeof body === 'object' ? body : body === undefined ? undefined : [body];
      const answer = await desk.ask(path, {
        method,
        roles: [...roles],
        ...(sent && method !== 'GET' && { body: sent }),
      });
      const text = await answer.text();
      seen.add(answer.status);
      if (answer.status >= 500) throw new Error(`${method} ${route}: ${answer.status} ${text.slice(0, 300)}`);
      if (answer.status >= 400 && !/"slug":"[a-z-]+"/.test(text))
        throw new Error(`${method} ${route}: no slug in ${text.slice(0, 300)}`);
    }),
    { numRuns: Number(process.env['UKETSUKE_ODD_RUNS'] ?? 300), endOnFailure: true },
  );
  expect([...seen]).toEqual(expect.arrayContaining([200, 400, 404]));
});
