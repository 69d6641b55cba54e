import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync, spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import ExcelJS from 'exceljs';
import { completionBook } from '#office/report/completion-book.js';
import { completionPaper } from '#office/report/completion-paper.js';
import { paperFile } from '#office/report/paper-file.js';
import { tallyBook } from '#office/report/tally.js';
import { bookFile } from '#office/workbook/book-file.js';
import { LedgerRig } from '../rehearsal/ledger-rig.js';
import * as desk from '../rehearsal/told.js';
import { atTime, idOf, type Told } from '../rehearsal/told.js';
import { UNSAID } from '../report/desk-facts.js';
import { tallyOf } from '../tally/tally.js';
import { completionReport } from './completion-report.js';

/** Two open days, a Sunday on which somebody called, and a cancellation after closing. */
const story: Told[] = [
  ...desk.ground(),
  ...[
    desk.scheduled('0702 10:00', 'A', { capacity: 4 }),
    desk.scheduled('0702 10:01', 'B', { venue: '南区民センター' }),
  ],
  ...['09:05', '09:20', '10:10', '13:00'].flatMap((time, i) => [
    ...desk.call(`0711 ${time}`, `c${i}`, { wait: 10 * i }),
    desk.made(`0711 ${time}`, 'A', `r${i}`, { call: `c${i}` }),
  ]),
  ...desk.call('0711 15:30', 'c8', { abandonedAfter: 30 }),
  ...desk.call('0714 11:00', 'c9', { wait: 5, outcome: 'answered' }),
  ...[desk.offered('0714 11:01', 'A', 'o1', ['B']), desk.declined('0714 11:02', 'A', 'o1')],
  ...Array.from({ length: 7 }, (_, i) => desk.inquiry('0714 11:05', `v${i}`, 'venue')),
  ...desk.moved('0715 09:30', 'A', 'B', 'r1'),
  desk.termClosed('0725 16:05'),
  desk.cancelled('0728 10:00', 'A', 'r2'),
];
const about = { facts: UNSAID, specimen: false, incidents: [], accesses: 12, reviews: 2 };

const hasOffice = spawnSync('soffice', ['--version']).status === 0;

let rig: LedgerRig;
beforeAll(async () => {
  rig = await LedgerRig.make();
  await rig.tell(story);
});
afterAll(() => rig.close());

const tally = (asOf?: string) => rig.ask((reading) => tallyOf(reading, idOf('t1'), about, atTime('0801 09:00')), asOf);
const completion = (asOf?: string) => rig.ask((reading) => completionReport(reading, about, '2026-01-30'), asOf);
const recount = (type: string) => story.filter((told) => told.type === type).length;
const sum = <Item>(items: readonly Item[], of: (item: Item) => number) =>
  items.reduce((all, item) => all + of(item), 0);

describe('reports of a term tie out with the events', () => {
  test('the tally: every row added up is what was told, days outside the open ones included', async () => {
    const { days, hours } = await tally();
    expect(sum(days, ({ offered }) => offered)).toBe(recount('CallReceived'));
    expect(sum(days, ({ answered }) => answered)).toBe(recount('CallAnswered'));
    expect(sum(days, ({ abandoned }) => abandoned)).toBe(recount('CallAbandoned'));
    expect(sum(days, ({ made }) => made)).toBe(recount('ReservationMade'));
    expect(sum(days, ({ moved }) => moved)).toBe(recount('ReservationMovedIn'));
    expect(sum(days, ({ cancelled }) => cancelled)).toBe(recount('ReservationCancelled'));
    expect(sum(days, ({ inquiries }) => inquiries[0] ?? 0)).toBe(recount('InquiryTallied'));
    expect(sum(hours, ({ offered }) => offered)).toBe(recount('CallReceived'));
    expect(days.filter(({ date }) => date <= '2025-07-25')).toHaveLength(10);
    expect(days.at(-1)).toMatchObject({ date: '2025-07-28', openDay: null, offered: 0, cancelled: 1 });
    expect(days.filter(({ openDay }) => openDay !== null).map(({ openDay }) => openDay)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
  });

  test('the completion report: days, hours and weekdays say the same of each term', async () => {
    const [term] = (await completion()).terms;
    expect(term).toMatchObject({ termName: '第一期', openDays: 10, busiestDay: { date: '2025-07-11', offered: 5 } });
    for (const rows of [term!.days, term!.hours, term!.weekdays]) {
      expect(sum(rows as readonly { readonly offered: number }[], ({ offered }) => offered)).toBe(
        recount('CallReceived'),
      );
    }
    expect(term!.bookings).toEqual({ made: 4, moved: 1, cancelled: 1 });
    expect(sum(term!.venues, ({ reserved }) => reserved)).toBe(4 - 1);
    expect(term!.guidance).toEqual({ offered: 1, taken: 0, declined: 1 });
  });

  test('every number of the paper names a query that stands among its sources (R050)', async () => {
    const report = await completion();
    const paper = JSON.stringify(completionPaper(report).blocks);
    const cited = [...paper.matchAll(/"source":"([^"]+)"/g)].flatMap(([, ids]) => ids!.split(/[,、]\s*/));
    const known = report.sources.map(({ id }) => id);
    expect(cited.length).toBeGreaterThan(10);
    expect(known).toEqual(expect.arrayContaining([...new Set(cited)]));
  });

  test('compares with the 令和５年度 table of the specification', async () => {
    const { yearBefore } = await completion();
    expect(yearBefore.map(({ termName, offered, busiestDay }) => [termName, offered, busiestDay])).toEqual([
      ['第一期', 640, 450],
      ['令和５年度 11月', 80, 15],
      ['令和５年度 １月', 270, 180],
    ]);
  });

  test('made again as of the same place, each is the same to the byte, whatever happened since', async () => {
    const { position } = await rig.ask(async (reading) => reading.asOf);
    const [before, beforeBook] = [await completion(position), await bookFile(tallyBook(await tally(position)))];
    await rig.tell(desk.call('0716 10:00', 'later'), desk.made('0716 10:01', 'A', 'later-r'));
    expect(await completion(position)).toEqual(before);
    expect(await paperFile(completionPaper(await completion(position)))).toEqual(
      await paperFile(completionPaper(before)),
    );
    expect(Buffer.compare(await bookFile(tallyBook(await tally(position))), beforeBook)).toBe(0);
    expect((await completion()).terms[0]!.calls.offered).toBe(before.terms[0]!.calls.offered + 1);
  }, 60_000);

  test('the data book opens in another program with the same numbers', async () => {
    const { position } = await rig.ask(async (reading) => reading.asOf);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await bookFile(completionBook(await completion(position)))) as never);
    const texts = book.worksheets.flatMap((sheet) => {
      const values: string[] = [];
      sheet.eachRow((row) => row.eachCell((cell) => values.push(String(cell.text))));
      return values;
    });
    expect(texts).toEqual(expect.arrayContaining(['第一期', '北区民センター']));
  });

  // Skipped where LibreOffice is not installed
  const inOffice = hasOffice ? describe : describe.skip;
  inOffice('in LibreOffice', () => {
    test('the completion report has its numbers and their queries', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'uketsuke-completion-'));
      const file = join(folder, 'completion.docx');
      await writeFile(file, await paperFile(completionPaper(await completion())));
      const profile = `-env:UserInstallation=file://${folder}/profile`;
      const conversion = ['--convert-to', 'txt:Text', '--outdir', folder, file];
      execFileSync('soffice', ['--headless', profile, ...conversion], { stdio: 'ignore' });
      const text = await readFile(join(folder, 'completion.txt'), 'utf8');
      expect(text).toContain('業務完了報告書');
      expect(text).toContain('calls-by-slot');
      expect(text).toContain('令和５年度');
    }, 120_000);
  });

  test('a term that has not begun and a term that is none get a clear answer', async () => {
    await rig.tell(desk.termPlanned('0801 09:00', 't3', ['2025-12-11', '2025-12-24'], 3));
    const early = rig.ask((reading) => tallyOf(reading, idOf('t3'), about, atTime('0801 09:00')));
    await expect(early).rejects.toMatchObject({ slug: 'future-day' });
    const none = rig.ask((reading) => tallyOf(reading, idOf('t9'), about, atTime('0801 09:00')));
    await expect(none).rejects.toMatchObject({ slug: 'not-found' });
  });
});
