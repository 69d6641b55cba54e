import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { accessPolicy } from '#contracts/access/access-policy.js';
import { dateAt, plusDays } from '#calendar/civil-time.js';
import { undocumentedIn } from '#platform/rehearsal/documented-answer.js';
import type { InterfaceDocument } from '#platform/rehearsal/odd-requests.js';
import { ReportDesk } from './report-desk.js';
import * as told from './told.js';
import { idOf, type Told } from './told.js';

let desk: ReportDesk;
const today = dateAt(Date.now());

/** A term that is open today, whatever day of the week it is. */
const openToday = (): Told => {
  const planned = told.termPlanned('0701 09:00', 't1', [plusDays(today, -3), plusDays(today, 3)]);
  const data = planned.data as { reception: { exceptions: object[] } };
  return { ...planned, data: { ...data, reception: { ...data.reception, exceptions: [{ date: today, open: true }] } } };
};

beforeAll(async () => {
  desk = await ReportDesk.open();
  await desk.tell(
    ...[
      openToday(),
      told.termOpened('0701 09:00'),
      told.venue('0701 09:00', '=HYPERLINK("x")'),
      told.course('0701 09:00'),
    ],
    told.scheduled('0702 10:00', 'A', { capacity: 4, venue: '=HYPERLINK("x")' }),
    told.made('0711 09:00', 'A', 'r1'),
  );
});
afterAll(() => desk.close());

async function json<Body = Record<string, unknown>>(path: string, options?: Parameters<ReportDesk['ask']>[1]) {
  const answer = await desk.ask(path, options);
  return { status: answer.status, body: (await answer.json()) as Body, headers: answer.headers };
}

describe('the interface document', () => {
  test.each([
    ['a day', '/reports/daily/{date}.json', `/reports/daily/${today}.json`, 200],
    ['no day', '/reports/daily/{date}.json', '/reports/daily/yesterday.json', 404],
    ['a term', '/reports/tally/{termId}.json', `/reports/tally/${idOf('t1')}.json`, 200],
    ['the contract', '/reports/completion.json', '/reports/completion.json', 200],
  ])('knows every member of the report of %s, and every reason for none', async (_, route, path, expected) => {
    const { body: document } = await json<InterfaceDocument>('/openapi.json');
    const { status, body } = await json(path);
    expect([status, undocumentedIn(document, { method: 'GET', route, status, body })]).toEqual([expected, []]);
  });

  test('knows that there can be no such day to write notes or a plan for', async () => {
    const { body: document } = await json<InterfaceDocument>('/openapi.json');
    const duties = [{ accountId: 'sv1', role: 'supervisor', from: '09:00', to: '17:00' }];
    for (const [route, sent] of [
      ['/reports/daily/{date}/notes', {}],
      ['/reports/staffing/plans/{date}', { duties }],
    ] as const) {
      // prettier-ignore
      const { status, body } = await json(route.replace('{date}', 'yesterday'), { method: 'PUT', body: sent });
      expect([status, undocumentedIn(document, { method: 'PUT', route, status, body })]).toEqual([404, []]);
    }
  });
});

describe('feeds', () => {
  const path = '/feeds/v1/sessions_capacity.json';

  test('answer 304 as long as the rows are the same, whatever else was heard', async () => {
    const first = await json(path);
    expect(first.body).toMatchObject({
      schemaVersion: 1,
      rows: [{ sessionCode: 'A', capacity: 4, reserved: 1, seatsLeft: 3 }],
    });
    const tag = { 'if-none-match': first.headers.get('etag')! };
    expect((await desk.ask(path, { headers: tag })).status).toBe(304);
    await desk.tell(told.termPlanned('0701 09:00', 'another', ['2090-07-11', '2090-07-25'], 2));
    expect((await desk.ask(path, { headers: tag })).status).toBe(304);
    await desk.tell(told.made('0711 09:00', 'A', 'r2'));
    const second = await json(path, { headers: tag });
    expect([second.status, second.headers.get('etag') === first.headers.get('etag')]).toEqual([200, false]);
  });

  test('a manifest and its files are of one set, also when the next has been made meanwhile', async () => {
    const { setId } = (await json<{ setId: string }>('/feeds/v1/manifest.json')).body;
    const seats = async (set: string) => (await json<{ rows: { reserved: number }[] }>(`${path}?set=${set}`)).body.rows[0]!.reserved; // prettier-ignore
    const before = await seats(setId);
    await desk.tell(told.made('0711 09:00', 'A', 'r3'));
    expect(await seats(setId)).toBe(before);
    const next = (await json<{ setId: string }>('/feeds/v1/manifest.json')).body.setId;
    expect(await seats(next)).toBe(before + 1);
    expect((await json(`${path}?set=gone`)).body).toMatchObject({ status: 410, slug: 'set-replaced' });
    for (const asked of ['set=a%20b', 'set=a&set=b', 'sett=a']) {
      expect((await json(`${path}?${asked}`)).body).toMatchObject({ status: 400, slug: 'invalid-body' });
    }
  });

  test('a venue named like a formula stays a text in both CSVs, and an unknown dataset is a clear answer', async () => {
    for (const name of ['sessions_capacity.csv', 'sessions_capacity.utf8.csv']) {
      const text = await (await desk.ask(`/feeds/v1/${name}`)).text();
      expect(parse(text, { bom: true, record_delimiter: ['\r\n', '\n'] })[1]).toContain(`'=HYPERLINK("x")`);
    }
    expect((await json('/feeds/v1/persons.json')).body).toMatchObject({ status: 404, slug: 'no-such-feed' });
  });

  test('no column of any feed is about a person', async () => {
    const text = await (await desk.ask('/feeds/v1/dictionary.csv')).text();
    const columns = (parse(text, { bom: true, record_delimiter: '\r\n' }) as string[][])
      .slice(1)
      .map(([, name]) => name);
    expect(
      columns.filter((name) => /person|name_kana|family|given|phone|postal|receipt|reservation/.test(name!)),
    ).toEqual([]);
  });
});

describe('staffing, obligations and notes', () => {
  test('seats of today with every input and its source; a what-if replaces one of them', async () => {
    const { body } = await json<{ peakSeats: number; termTotal: object }>(`/reports/staffing?date=${today}&volume=450`);
    expect(body).toMatchObject({ peakSeats: 15, fewestSeats: 6, termTotal: { value: 640, from: 'specification' } });
    const faster = await json<{ peakSeats: number }>(`/reports/staffing?date=${today}&volume=450&aht=240`);
    expect(faster.body.peakSeats).toBe(13);
    expect((await json(`/reports/staffing?date=${plusDays(today, 9)}`)).body).toMatchObject({ slug: 'day-not-open' });
    expect((await json('/reports/staffing?date=2025-02-30')).status).toBe(400);
  });

  test('a plan without a supervisor is refused and nothing of it is kept; each plan that is kept is a version', async () => {
    const plan = `/reports/staffing/plans/${today}`;
    const operator = { accountId: 'op1', role: 'operator', from: '09:00', to: '16:00' };
    const refused = await json(plan, { method: 'PUT', body: { duties: [operator] } });
    expect(refused.body).toMatchObject({ status: 409, slug: 'no-supervisor' });
    expect((await json(plan)).body).toMatchObject({ slug: 'not-found' });
    const both = { duties: [operator, { ...operator, accountId: 'sv1', role: 'supervisor' }] };
    expect((await json(plan, { method: 'PUT', body: both })).body).toMatchObject({ version: 1 });
    expect((await json(plan, { method: 'PUT', body: both })).body).toMatchObject({ version: 2 });
    // Until the day is closed the report has the people of the plan, and says of incidents only that nobody said anything
    const { body } = await json(`/reports/daily/${today}.json`);
    expect(body).toMatchObject({ staffing: { supervisors: 1, operators: 1 }, incidents: null });
  });

  test('the 体制届 has who answers for the desk, and keeps no name (R029)', async () => {
    const member = { office: '責任者', name: '北野 望', employer: '北の受付', duties: '市との連絡', deputy: true };
    const body = { validFrom: today, reason: '責任者の代行', members: [member] };
    const answer = await desk.ask('/reports/staffing-notice.docx', { method: 'POST', body });
    expect(answer.status).toBe(200);
    const text = strFromU8(unzipSync(new Uint8Array(await answer.arrayBuffer()))['word/document.xml']!);
    for (const part of ['業務実施体制届', '責任者（代行）', '北野 望', '北の受付']) expect(text).toContain(part);
    const none = await json('/reports/staffing-notice.docx', { method: 'POST', body: { ...body, members: [] } });
    expect(none.body).toMatchObject({ status: 400, slug: 'invalid-body' });
    expect((await desk.ask('/reports/staffing-notice.docx', { method: 'POST', body, roles: ['operator'] })).status).toBe(403); // prettier-ignore
  });

  test('what was handed in is recorded once, with its hash, and ends the obligation', async () => {
    const owed = async () => {
      const { body } = await json<{ obligations: { obligationId: string; state: string }[] }>('/obligations');
      return body.obligations.find(({ obligationId }) => obligationId === `tally/${idOf('t1')}`)!;
    };
    expect((await owed()).state).not.toBe('submitted');
    const body = {
      ...{ obligationId: `tally/${idOf('t1')}`, sha256: 'ab'.repeat(32), fileName: 'tally.xlsx' },
      ...{ submittedOn: today, medium: 'media' },
    };
    const submit = (changed: object = {}) =>
      json('/obligations/submissions', { method: 'POST', body: { ...body, ...changed } });
    const first = await submit();
    expect(await submit()).toMatchObject({ body: { submissionId: first.body['submissionId'] } });
    expect(await owed()).toMatchObject({ state: 'submitted', submissions: [{ sha256: 'ab'.repeat(32) }] });
    const cover = await desk.ask(`/obligations/submissions/${String(first.body['submissionId'])}/cover.docx`);
    const letter = strFromU8(unzipSync(new Uint8Array(await cover.arrayBuffer()))['word/document.xml']!);
    for (const part of [
      'スマートシティ推進部デジタル企画課',
      '日別集計結果の提出について',
      'tally.xlsx',
      'ab'.repeat(32),
    ]) {
      expect(letter).toContain(part);
    }
    expect((await json(`/obligations/submissions/${idOf('none')}/cover.docx`)).body).toMatchObject({ slug: 'not-found' }); // prettier-ignore
    expect((await submit({ submittedOn: plusDays(today, 1) })).body).toMatchObject({ slug: 'future-day' });
    expect((await submit({ obligationId: `tally/${idOf('none')}` })).body).toMatchObject({ slug: 'not-found' });
    expect((await submit({ sha256: 'x' })).body).toMatchObject({ status: 400, slug: 'invalid-body' });
  });

  test('what the supervisor writes of a day stands in its report; a future day and no day are clear answers', async () => {
    const notes = { weather: '雪', supervisors: 1, operators: 4, incidents: ['誤送付１件'] };
    expect((await json(`/reports/daily/${today}/notes`, { method: 'PUT', body: notes })).status).toBe(200);
    expect((await json(`/reports/daily/${today}.json`)).body).toMatchObject({
      weather: '雪',
      incidents: ['誤送付１件'],
      bookings: { made: 3 },
    });
    expect((await json(`/reports/daily/${plusDays(today, 2)}.json`)).body).toMatchObject({ slug: 'future-day' });
    expect((await json('/reports/daily/2025-02-30.json')).body).toMatchObject({ slug: 'not-found' });
    expect((await json('/reports/privacy/2025-13.docx', { roles: ['auditor'] })).body).toMatchObject({
      slug: 'not-found',
    });
  });
});

describe('papers', () => {
  test('what was made is remembered by its hash; the same bytes again are the same version (R049)', async () => {
    const made = async () => {
      const answer = await desk.ask('/reports/completion.xlsx?date=2026-01-30');
      return createHash('sha256')
        .update(Buffer.from(await answer.arrayBuffer()))
        .digest('hex');
    };
    const known = async () => {
      const { body } = await json<{ deliverables: { name: string; version: number; sha256: string }[] }>(
        '/reports/deliverables',
      );
      return body.deliverables
        .filter(({ name }) => name === 'completion.xlsx')
        .map(({ version, sha256 }) => [version, sha256]);
    };
    const first = await made();
    expect(await made()).toBe(first);
    expect(await known()).toEqual([[1, first]]);
    await desk.tell(told.made('0711 09:00', 'A', 'r9'));
    const second = await made();
    expect(await known()).toEqual([
      [2, second],
      [1, first],
    ]);
  });

  test('the completion report counts accesses to personal data as reservations, notices, inquiries and the own log have them (R050)', async () => {
    const { body } = await json<{ privacy: { accesses: number } }>('/reports/completion.json');
    const { rows } = await desk.query<{ own: number }>('select count(*)::int as own from access_log');
    expect(body.privacy.accesses).toBe(7 + 3 + 2 + rows[0]!.own);
  });

  test('sealed words of a complaint stand in the printed report for a handler, and in no data (R043)', async () => {
    desk.others.words.push(
      { part: 'complaint', text: '会場が寒かったとの苦情' },
      { part: 'course', text: '市の担当へ連絡' },
    );
    const raised = told.complaint('0711 10:00', 'k1');
    const now = new Date().toISOString();
    await desk.tell({ ...raised, data: { ...raised.data, receivedAt: now, reportBy: now } });
    const day = dateAt(Date.parse(now));
    const paper = await desk.ask(`/reports/daily/${day}.docx`);
    const text = strFromU8(unzipSync(new Uint8Array(await paper.arrayBuffer()))['word/document.xml']!);
    expect(text).toContain('会場が寒かった');
    expect(text).toContain('市の担当へ連絡');
    expect(JSON.stringify((await json(`/reports/daily/${day}.json`)).body)).not.toContain('寒かった');
  });
});

test('whoever may not is refused by the service itself, and every endpoint of the policy is documented', async () => {
  expect((await json(`/rosters/${idOf('A')}.xlsx`, { roles: ['city'] })).status).toBe(403);
  expect((await json('/feeds/v1/manifest.json', { roles: ['city'] })).status).toBe(200);
  expect((await json('/feeds/v1/manifest.json', { roles: ['operator'] })).status).toBe(403);
  const { paths } = (await (await fetch(`${desk.service.url}/openapi.json`)).json()) as {
    paths: Record<string, object>;
  };
  const documented = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  );
  const own = accessPolicy
    .filter(({ service }) => service === 'reporting')
    .map(({ method, path }) => `${method} ${path}`);
  expect(documented).toEqual(expect.arrayContaining(own));
});
