import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import ExcelJS from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import { openPool } from '#platform/log/connection.js';
import type { Known } from '../rehearsal/other-services.js';
import { undocumentedIn } from '#platform/rehearsal/documented-answer.js';
import type { InterfaceDocument } from '#platform/rehearsal/odd-requests.js';
import { ReportDesk } from '../rehearsal/report-desk.js';
import * as told from '../rehearsal/told.js';
import { idOf } from '../rehearsal/told.js';

let desk: ReportDesk;
const person = (familyName: string, familyNameKana: string, givenNameKana = 'ハナコ'): Known => ({
  ...{ familyName, givenName: '花子', familyNameKana, givenNameKana },
});

beforeAll(async () => {
  desk = await ReportDesk.open();
  const people = [person('渡辺', 'ワタナベ'), person('=1+1', 'イトウ'), person('太田', 'オータ'), person('大田', 'オオタ', 'アイ'), person('佐藤', 'サドウ'), person('佐東', 'サトウ')]; // prettier-ignore
  people.forEach((one, i) => desk.others.people.set(idOf(`p-r${i}`), one));
  await desk.tell(
    ...told.ground(),
    ...[
      told.scheduled('0702 10:00', 'A', { capacity: 9 }),
      told.scheduled('0702 10:01', 'B', { venue: '南区民センター' }),
    ],
    ...people.map((_, i) => told.made('0711 09:00', 'A', `r${i}`)),
  );
});
afterAll(() => desk.close());

async function cellsOf(bytes: ArrayBuffer | Uint8Array): Promise<string[]> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(bytes as ArrayBuffer) as never);
  const cells: string[] = [];
  for (const sheet of book.worksheets) {
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        // The template counts by a formula of its own; no name may have become one
        expect(cell.formula ?? '').not.toMatch(/^1\+1/);
        cells.push(cell.text);
      }),
    );
  }
  return cells;
}

/** A part of an .xlsx as it stands in the file. */
function partOf(bytes: ArrayBuffer | Uint8Array, path: string): string {
  return strFromU8(unzipSync(new Uint8Array(bytes))[path]!);
}

const roster = (name: string, suffix = '') => desk.ask(`/rosters/${idOf(name)}.xlsx${suffix}`);

describe('the roster of a session', () => {
  test('has everybody once, in 五十音 order: ー is the vowel it lengthens, 濁音 after the plain sound (R014)', async () => {
    const answer = await roster('A');
    expect(answer.status).toBe(200);
    const cells = await cellsOf(await answer.arrayBuffer());
    const names = ['=1+1', '太田', '大田', '佐東', '佐藤', '渡辺'];
    const places = names.map((name) => cells.findIndex((cell) => cell.includes(name)));
    expect(places.every((place) => place >= 0)).toBe(true);
    // 大田 アイ before 太田 ハナコ: オオタ and オータ sound the same, so the given name decides only after the family name
    expect(places.toSorted((a, b) => a - b)).toEqual(places);
  });

  test('asks for names with a purpose, and writes who had it written before it leaves (P11)', async () => {
    desk.others.asked.length = 0;
    await roster('A');
    expect(desk.others.asked.map(({ path, body }) => [path, body.purpose])).toEqual([
      ['/internal/receipts', undefined],
      ['/internal/persons/resolve', 'roster-print'],
    ]);
    const pool = openPool({ url: desk.database.url, name: 'spec' }, 1);
    const { rows } = await pool.query('select * from access_log order by n desc limit 1');
    await pool.end();
    expect(JSON.stringify(rows)).toContain(idOf('A'));
    expect(JSON.stringify(rows)).toContain('roster-print');
  });

  test('somebody who was erased keeps the seat and has no name', async () => {
    desk.others.people.delete(idOf('p-r0'));
    const cells = await cellsOf(await (await roster('A')).arrayBuffer());
    expect(cells.join()).toContain('消去済');
    expect(cells.join()).not.toContain('渡辺');
    desk.others.people.set(idOf('p-r0'), person('渡辺', 'ワタナベ'));
  });

  test('is a file a session in a zip, and a sheet a session in one book (R051)', async () => {
    const zip = await desk.ask(`/rosters/term/${idOf('t1')}.zip`);
    const files = unzipSync(new Uint8Array(await zip.arrayBuffer()));
    expect(Object.keys(files).map((name) => name.replace(/^.*\//, ''))).toEqual(['A.xlsx', 'B.xlsx']);
    expect((await cellsOf(files[Object.keys(files)[0]!]!)).join()).toContain('佐東');
    const book = await (await desk.ask(`/rosters/term/${idOf('t1')}.xlsx`)).arrayBuffer();
    const sheets = [...partOf(book, 'xl/workbook.xml').matchAll(/<sheet [^>]*name="([^"]+)"/g)].map(([, name]) => name);
    expect(sheets).toEqual(['A', 'B']);
  });

  test('of a session or term that is none is a clear answer, not a file', async () => {
    for (const path of [`/rosters/${idOf('none')}.xlsx`, '/rosters/x.xlsx', `/rosters/term/${idOf('none')}.zip`]) {
      const answer = await desk.ask(path);
      expect([answer.status, ((await answer.json()) as { slug: string }).slug]).toEqual([404, 'not-found']);
    }
  });

  test('a template that is no .xlsx is refused with its reasons, and the one in use stays', async () => {
    const refused = await desk.ask('/templates/roster', { method: 'PUT', body: new TextEncoder().encode('no book') });
    expect([refused.status, ((await refused.json()) as { slug: string }).slug]).toEqual([422, 'template-refused']);
    expect((await roster('A')).status).toBe(200);
  });
});

describe('after the term has closed', () => {
  test('every change makes the next version and a 名簿変更連絡票; as of the freeze the roster is as it was (R051, §8.13)', async () => {
    expect((await desk.ask(`/rosters/${idOf('A')}/changes.json`)).status).toBe(409);
    await desk.tell(told.termClosed('0725 16:00'));
    const frozen = await roster('A');
    const asOf = frozen.headers.get('uketsuke-as-of')!;
    const before = Buffer.from(await frozen.arrayBuffer());
    expect(partOf(before, 'xl/worksheets/sheet1.xml')).toContain('第1版（確定）');
    await desk.tell(told.cancelled('0728 10:00', 'A', 'r0'), told.moved('0728 11:00', 'A', 'B', 'r1'));
    const change = (await (await desk.ask(`/rosters/${idOf('A')}/changes.json`)).json()) as Record<string, unknown>;
    expect(change).toMatchObject({ fromVersion: 1, toVersion: 3, countBefore: 6, countAfter: 4 });
    const document = (await (await desk.ask('/openapi.json')).json()) as InterfaceDocument;
    const given = { method: 'GET', route: '/rosters/{sessionId}/changes.json', status: 200, body: change };
    expect(undocumentedIn(document, given)).toEqual([]);
    expect((change['changes'] as { kind: string }[]).map(({ kind }) => kind)).toEqual(['取消', '会場変更（転出）']);
    const second = await desk.ask(`/rosters/${idOf('A')}/changes.json?since=2`);
    expect(await second.json()).toMatchObject({ fromVersion: 2, countBefore: 5, countAfter: 4 });
    expect((await desk.ask(`/rosters/${idOf('A')}/changes.docx`)).status).toBe(200);
    const again = Buffer.from(await (await roster('A', `?asOf=${encodeURIComponent(asOf)}`)).arrayBuffer());
    expect(Buffer.compare(again, before)).toBe(0);
  });
});
