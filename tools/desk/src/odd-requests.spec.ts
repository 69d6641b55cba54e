import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { documentFlaws } from '#platform/rehearsal/document-flaws.js';
import { undocumentedIn } from '#platform/rehearsal/documented-answer.js';
import { oddRequests, type InterfaceDocument } from '#platform/rehearsal/odd-requests.js';
import { newId } from '#kernel/ids.js';
import { freePort } from '#servers/free-port.js';
import { seedDemo } from './demo-data.js';
import type { DemoAccount } from './desk-accounts.js';
import { RehearsalDesk } from './rehearsal-desk.js';

jest.setTimeout(600_000);

let scratch: string;
let desk: RehearsalDesk;
let url: string;
const cookies = new Map<string, string>();
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'uketsuke-odd-'));
  chmodSync(scratch, 0o711);
  desk = new RehearsalDesk(['--demo', '--data', scratch, '--port', String(await freePort())]);
  url = await desk.ready();
  const accounts = JSON.parse(readFileSync(join(scratch, 'demo-accounts.json'), 'utf8')) as DemoAccount[];
  await seedDemo(url, accounts);
  for (const { role, accountId, password } of accounts) {
    const { headers } = await ask('POST', '/sign-in', { accountId, password }, '');
    cookies.set(role, headers.getSetCookie()[0]!.split(';')[0]!);
  }
});
afterAll(async () => {
  await desk?.end();
  rmSync(scratch, { recursive: true, force: true });
});

function ask(method: string, path: string, body: unknown, role: string): Promise<Response> {
  return fetch(`${url}/api${path}`, {
    method,
    headers: {
      cookie: cookies.get(role) ?? '',
      'idempotency-key': newId(),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && method !== 'GET' && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(20_000),
  });
}

/** Of JSON what it says, else its text. */
const parsed = ({ headers }: Response, text: string): unknown =>
  /json/.test(headers.get('content-type') ?? '') ? JSON.parse(text) : text;

const read = async <Body>(path: string, role = 'supervisor') =>
  (await (await ask('GET', path, undefined, role)).json()) as Body;

/** Without an end, or the end of this desk. */
const LEFT_OUT = /\/live$|\/sign-(in|out)$|\/terms\/\{termId\}\/(close|erase)$|\/accounts\//;

/** Ids of things that are there: most refusals come only behind them. */
async function known(): Promise<string[]> {
  const { sessions } = await read<{
    sessions: { sessionId: string; termId: string; courseId: string; venueId: string }[];
  }>('/capacity/sessions');
  const [{ sessionId, termId, courseId, venueId }] = sessions as [(typeof sessions)[0]];
  const name = { familyName: '渡邉', givenName: '和子', familyNameKana: 'ワタナベ', givenNameKana: 'カズコ' };
  const address = { prefecture: '北海道', city: '札幌市', town: '北一条西', blockLot: '1' };
  const wish = { sessionId, attendees: [{ applicant: { ...name, ...address } }] };
  const made = (await (await ask('POST', '/reservations', wish, 'operator')).json()) as {
    reservations: Record<string, string>[];
  };
  const held = (await (await ask('POST', '/holds', { sessionId, seats: 1 }, 'operator')).json()) as { holdId: string };
  const { reservationId, personId } = made.reservations[0]!;
  return [sessionId, termId, courseId, venueId, reservationId!, personId!, held.holdId];
}

test('the interface document of the whole desk points to nothing that is not there', async () => {
  expect(documentFlaws(await read<InterfaceDocument>('/openapi.json'))).toEqual([]);
});

test('every answer to a plain question is as the document says, file or members', async () => {
  const document = await read<InterfaceDocument>('/openapi.json');
  const routes = Object.keys(document.paths).filter((route) => document.paths[route]!['get'] !== undefined);
  const unsaid: string[] = [];
  for (const route of routes.filter((one) => !LEFT_OUT.test(one))) {
    const { 'x-roles': roles } = document.paths[route]!['get'] as { 'x-roles': string[] };
    const path = route.replace('/api', '').replaceAll(/\{\w+\}/g, newId());
    const answer = await ask('GET', path, undefined, roles.find((role) => role === 'manager') ?? roles[0]!);
    const { status } = answer;
    const body = parsed(answer, await answer.text());
    unsaid.push(...undocumentedIn(document, { method: 'GET', route, status, body }).map((one) => `${route}: ${one}`));
  }
  expect(unsaid).toEqual([]);
});

test('whatever is asked of any endpoint of the desk, it is answered with a reason, and never with an error of ours', async () => {
  const document = await read<InterfaceDocument>('/openapi.json');
  const paths = Object.fromEntries(
    Object.entries(document.paths).map(([path, item]) => [path.replace(/^\/api/, ''), item]),
  );
  const requests = oddRequests({ ...document, paths }, await known(), (route) => LEFT_OUT.test(route));
  const roles = ['operator', 'supervisor', 'manager', 'city', 'privacyOfficer', 'auditor', 'administrator'];
  const seen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(requests, fc.constantFrom(...roles), async ({ method, path, route, body }, role) => {
      const answer = await ask(method, path, body, role);
      const text = await answer.text();
      seen.add(answer.status);
      // 503 with a reason is an answer too: no answer yet, or not without what is missing on this machine
      const isOurs = answer.status >= 500 && answer.status !== 503;
      if (isOurs) throw new Error(`${role}: ${method} ${route} answered ${answer.status} ${text.slice(0, 300)}`);
      if (answer.status >= 400 && !/"slug":"[a-z-]+"/.test(text))
        throw new Error(`${method} ${route}: no slug in ${text.slice(0, 300)}`);
      const unsaid = undocumentedIn(document, { method, route: `/api${route}`, status: answer.status, body: parsed(answer, text) }); // prettier-ignore
      if (unsaid.length > 0) throw new Error(`${role}: ${method} ${route}: not documented: ${unsaid.join(', ')}`);
    }),
    { numRuns: Number(process.env['UKETSUKE_ODD_RUNS'] ?? 600), endOnFailure: true },
  );
  expect([...seen]).toEqual(expect.arrayContaining([200, 400, 403, 404]));
  const { status } = await fetch(`${url}/health/ready`);
  expect(status).toBe(200);
});
