import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { plusDays } from '#calendar/civil-time.js';
import { newId } from '#kernel/ids.js';
import { openRehearsalDesk, type RehearsalDesk } from '../rehearsal/rehearsal-desk.js';
import { accepted, applicant, openSmallTerm, type SmallTerm } from '../rehearsal/small-term.js';
import { HEADINGS, workbook, type Cells } from './lists-rig.js';
import type { ScheduleImportAnswer } from './schedule-import.body.js';
import { CSV, XLSX } from './schedule-upload.js';

let desk: RehearsalDesk;
let term: SmallTerm;
beforeAll(async () => {
  desk = await openRehearsalDesk();
  term = await openSmallTerm(desk);
});
afterAll(() => desk?.close());

/** @param days after the first day that may be booked */
const line = (code: string, days = 0, capacity = 20, venue = '北区民センター'): Cells => {
  const date = plusDays(term.firstDay, days).replaceAll('-', '/');
  return [code, 'はじめてのスマホ', venue, date, '10:00', '12:00', capacity];
};

const xlsx = async (...lines: Cells[]) => file(await workbook([HEADINGS, ...lines]), XLSX);
const file = (content: string | Buffer, type: string) => new Blob([new Uint8Array(Buffer.from(content))], { type });

function importList(content: Blob, query = '', key?: string, termId = term.termId) {
  return desk.ask('POST', `/sessions/import?termId=${termId}${query}`, content, 'supervisor', key);
}

async function codes(answer: ScheduleImportAnswer) {
  const of = (sessions: readonly { sessionCode: string }[]) => sessions.map(({ sessionCode }) => sessionCode);
  const { added, changed, missing, unchanged } = answer;
  return { added: of(added), changed: of(changed), missing: of(missing), unchanged };
}

/** How many events the log holds about sessions of the term. */
async function eventsOf(termId: string): Promise<number> {
  const client = new pg.Client({ connectionString: desk.databaseUrl });
  await client.connect();
  const { rows } = await client.query(`select count(*)::int as n from events where data->>'termId' = $1`, [termId]);
  await client.end();
  return (rows[0] as { n: number }).n;
}

async function book(sessionId: string, nth: number): Promise<void> {
  await accepted(desk.ask('POST', '/reservations', { sessionId, attendees: [{ applicant: applicant(nth) }] }));
}

describe('the list of a term is imported', () => {
  test('after a preview that does nothing; twice it changes nothing', async () => {
    const list = await xlsx(line('A-1'), line('A-2', 1));
    const preview = await importList(list, '&dryRun');
    expect(preview.status).toBe(200);
    expect(await codes(preview.body)).toEqual({ added: ['A-1', 'A-2'], changed: [], missing: [], unchanged: 0 });
    expect(preview.body.confirmationNeeded).toBe(false);
    const { sessionId } = preview.body.added[0];
    expect((await desk.ask('GET', `/sessions/${sessionId}`)).status).toBe(404);

    const done = await importList(list, `&confirm=${preview.body.hash}`);
    expect([done.status, done.body.hash]).toEqual([200, preview.body.hash]);
    expect(done.position).toMatch(/:/);
    const there = await desk.ask('GET', `/sessions/${sessionId}`);
    expect(there.body).toMatchObject({ sessionCode: 'A-1', capacity: 20, venueId: term.venueId, state: 'open' });

    const before = await eventsOf(term.termId);
    const again = await importList(list);
    expect(await codes(again.body)).toEqual({ added: [], changed: [], missing: [], unchanged: 2 });
    expect(again.status).toBe(200);
    expect(await eventsOf(term.termId)).toBe(before);
  });

  test('what is different is changed, what it does not name stays and is told', async () => {
    const list = await xlsx(line('A-1', 0, 25), line('A-3', 2));
    const preview = await importList(list, '&dryRun=true');
    expect(await codes(preview.body)).toEqual({ added: ['A-3'], changed: ['A-1'], missing: ['A-2'], unchanged: 0 });
    expect(preview.body.changed[0]).toMatchObject({ row: 2, changed: ['capacity'], bookings: 0 });
    expect((await importList(list)).status).toBe(200);
    expect((await desk.ask('GET', `/sessions/${preview.body.changed[0].sessionId}`)).body.capacity).toBe(25);
  });

  test('the same key answers the same; under it no other list is imported', async () => {
    const key = newId();
    const list = await xlsx(line('A-4', 3));
    const first = await importList(list, '', key);
    expect(await codes(first.body)).toMatchObject({ added: ['A-4'] });
    const again = await importList(list, '', key);
    expect(again.body).toEqual(first.body);
    expect(again.position).toMatch(/:/);
    expect((await importList(await xlsx(line('A-5', 3)), '', key)).body).toMatchObject({
      slug: 'idempotency-key-reused',
    });
  });

  test('from a .csv as well', async () => {
    const text = [HEADINGS, line('A-6', 4)].map((cells) => cells.join(',')).join('\n');
    for (const [content, type] of [
      [text, CSV],
      [`\ufeff${text}`, `${CSV}; charset=utf-8`],
    ] as const) {
      expect((await importList(file(content, type))).status).toBe(200);
    }
    expect((await codes((await importList(file(text, CSV), '&dryRun')).body)).unchanged).toBe(1);
  });
});

describe('a list that touches people who are booked', () => {
  test('shows how many, needs its preview confirmed, and starts a list of whom to tell', async () => {
    const sessionId = await term.schedule('B-1', 20);
    const other = await term.schedule('B-2', 20);
    for (const nth of [1, 2]) await book(sessionId, nth);
    const list = await xlsx(line('B-1', 7), line('B-2', 7));
    const preview = (await importList(list, '&dryRun')).body;
    expect(preview).toMatchObject({
      confirmationNeeded: true,
      changed: [
        { sessionId, changed: ['dates'], bookings: 2 },
        { sessionId: other, changed: ['dates'], bookings: 0 },
      ],
    });
    const refused = await importList(list);
    expect(refused).toMatchObject({
      status: 409,
      body: { slug: 'confirmation-needed', affected: 2, sessions: [{ row: 2, sessionId, bookings: 2 }] },
    });

    // somebody books between the look and the confirmation
    await book(sessionId, 3);
    expect((await importList(list, `&confirm=${preview.hash}`)).body).toMatchObject({
      ...{ slug: 'confirmation-needed', affected: 3 },
    });
    const { hash } = (await importList(list, '&dryRun')).body;
    const done = await importList(list, `&confirm=${hash}&agreementNumber=${encodeURIComponent('協議12')}`);
    expect(done).toMatchObject({ status: 200, body: { contactListIds: [expect.any(String)] } });
    const { contactLists } = (await desk.ask('GET', '/contact-lists', undefined, 'supervisor')).body;
    expect(contactLists).toMatchObject([{ contactListId: done.body.contactListIds[0], sessionId, cause: 'dates' }]);
    expect((await desk.ask('GET', `/sessions/${sessionId}`)).body.dates[0].date).toBe(plusDays(term.firstDay, 7));
  });

  test('a capacity below what is booked: nobody is dropped, nobody else gets in', async () => {
    const sessionId = await term.schedule('C-1', 20);
    for (const nth of [11, 12, 13]) await book(sessionId, nth);
    const list = await xlsx(line('C-1', 0, 2));
    expect((await importList(list)).body).toMatchObject({ slug: 'confirmation-needed', affected: 3 });
    const { hash } = (await importList(list, '&dryRun')).body;
    expect((await importList(list, `&confirm=${hash}`)).status).toBe(200);
    const full = await desk.ask('POST', '/reservations', { sessionId, attendees: [{ applicant: applicant(14) }] });
    expect(full).toMatchObject({ status: 409, body: { slug: 'session-full' } });
    expect((await importList(list)).body).toMatchObject({ changed: [], unchanged: 1 });
  });

  test('what was called off is changed no more', async () => {
    const sessionId = await term.schedule('D-1', 20);
    await accepted(desk.ask('POST', `/sessions/${sessionId}/call-off`, { reason: '大雪' }, 'supervisor'));
    expect((await importList(await xlsx(line('D-1')))).body).toMatchObject({ unchanged: 1 });
    expect((await importList(await xlsx(line('D-1', 1)))).body).toMatchObject({
      ...{ slug: 'invalid-schedule', problems: [{ cell: 'A2', reason: '中止した開催回は変更できません' }] },
    });
  });
});

describe('a list with bad rows', () => {
  test('is shown all of them, and nothing of it is imported', async () => {
    const list = await xlsx(
      line('E-1'),
      line('E-2', 0, 20, 'どこか'),
      ['E-3', 'なにか', '北区民センター', '2/30', '10', '', -1],
      // What cannot be read in a row hides nothing else that is wrong with it
      ['E-1', 'なにか', 'どこか', '2/30', '10:00', '09:00', -1],
    );
    const preview = await importList(list, '&dryRun');
    const cells = ['C3', 'B4', 'D4', 'E4', 'F4', 'G4', 'A5', 'B5', 'C5', 'D5', 'F5', 'G5'];
    expect(preview.status).toBe(200);
    const found: string[] = preview.body.problems.map(({ cell }: { cell: string }) => cell);
    expect(new Set(found)).toEqual(new Set(cells));
    expect(found).toHaveLength(cells.length);
    const refused = await importList(list);
    expect(refused).toMatchObject({ status: 400, body: { slug: 'invalid-schedule', count: cells.length } });
    expect(refused.body.problems).toEqual(preview.body.problems);
    expect(JSON.stringify(refused.body)).not.toContain('どこか');
    const { sessionId } = preview.body.added[0];
    expect((await desk.ask('GET', `/sessions/${sessionId}`)).status).toBe(404);
  });

  test('a date outside the term is told, and may be meant so', async () => {
    const { warnings, problems } = (await importList(await xlsx(line('E-9', 300)), '&dryRun')).body;
    expect([warnings, problems]).toEqual([[{ cell: 'D2', reason: '期の対象期間の外の日付です' }], []]);
  });

  test.each([
    ['that is no .xlsx', XLSX, 'x', 400, 'unreadable-file'],
    ['that is nothing', XLSX, '', 400, 'unreadable-file'],
    ['of another kind', 'application/pdf', '%PDF', 415, 'unsupported-media-type'],
    ['that is JSON', 'application/json', '{}', 400, 'unreadable-file'],
    ['of 6 MB', CSV, 'x'.repeat(6 * 1024 * 1024), 413, 'body-too-large'],
  ])('a file %s is refused', async (_, type, content, status, slug) => {
    expect(await importList(file(content, type))).toMatchObject({ status, body: { slug } });
  });

  test('a term that is not there, and questions that mean nothing, are refused', async () => {
    const list = await xlsx(line('F-1'));
    expect((await importList(list, '', undefined, newId())).body).toMatchObject({ slug: 'not-found' });
    for (const query of ['&dryRun=maybe', '&dryRun&dryRun', '&confirm=x', '&other=1', '&agreementNumber=']) {
      expect((await importList(list, query)).body).toMatchObject({ slug: 'invalid-body' });
    }
    expect((await importList(list, '', undefined, 'x')).body).toMatchObject({ slug: 'invalid-body' });
  });

  test('elsewhere a spreadsheet is no body at all', async () => {
    expect(await desk.ask('POST', '/venues', file('a,b', CSV), 'supervisor')).toMatchObject({
      ...{ status: 415, body: { slug: 'unsupported-media-type' } },
    });
  });
});
