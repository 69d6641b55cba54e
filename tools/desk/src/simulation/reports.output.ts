import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import { unzipSync } from 'fflate';
import { dateAt, plusDays } from '#calendar/civil-time.js';
import { DeskClient } from '../desk-client.js';
import { callsInTheBooks } from './call-books.js';
import { busiestDayOf } from './call-checks.js';
import { check, type Check } from './check.js';
import type { Evidence } from './evidence.js';
import type { EndOfDay, Output } from './output.js';

interface Counts {
  readonly made: number;
  readonly moved: number;
  readonly cancelled: number;
}

/** What the desk reports of the day (`GET /reports/daily/:date.json`). */
export interface DailyNumbers {
  readonly bookings: Counts;
  readonly guidance: { readonly offered: number; readonly taken: number; readonly declined: number };
}

/** `GET /reports/tally/:termId.json`. */
interface TallyNumbers {
  readonly days: readonly Counts[];
}

interface Manifest {
  readonly setId: string;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
}

/** A row of `sessions_capacity.json`. */
export interface FeedSession {
  readonly sessionCode: string;
  readonly capacity: number;
  readonly reserved: number;
}

/** Rosters of every session, the reports of the day and the term, the feeds: written, read back and added up. */
export const reports: Output = {
  name: 'rosters, reports and feeds',
  run: async (day) => {
    const { desk, evidence } = day;
    const account = desk.accounts.find(({ role }) => role === 'supervisor')!;
    const supervisor = await DeskClient.signIn(desk.url, account);
    const date = dateAt(Date.now());
    // On somebody else's desk others have booked too: what is counted there can only be more
    const isOwn = desk.file !== undefined;
    const isFirst = isOwn && evidence.figuresBefore.board.offered === 0;
    const daily = await settledReport(supervisor, date, evidence);
    const termIds = [...new Set(evidence.board.map(({ termId }) => termId))];
    const checks = [
      dayTiesOut(daily, evidence, isOwn),
      ...(await reportFiles(day, supervisor, [busiestDayOf(evidence), date], termIds)),
      ...(isOwn ? [await termTiesOut(supervisor, termIds, evidence)] : []),
      ...(isFirst ? [await callsInTheBooks(join(day.out, 'reports'), evidence)] : []),
      await rostersHaveEveryBooking(day, supervisor, termIds),
      ...(await feedsTieOut(day, supervisor)),
    ];
    return { checks };
  },
};

/** Once reporting has counted every booking, change and cancellation: half a minute at most. */
async function settledReport(supervisor: DeskClient, date: string, { ledger }: Evidence): Promise<DailyNumbers> {
  const gone = ledger.bookings.length - ledger.active().length;
  for (let end = Date.now() + 30_000; ;) {
    const report = await numbersOf(supervisor, date);
    const { made, moved, cancelled } = report.bookings;
    const isWhole = made >= ledger.bookings.length && moved >= ledger.moves.done && cancelled >= gone;
    const { offered } = report.guidance;
    if ((isWhole && offered >= ledger.offers.made) || Date.now() > end) return report;
    await sleep(200);
  }
}

/** Of the day and the one before it: a day that is played over midnight stands in two reports. */
async function numbersOf(supervisor: DeskClient, date: string): Promise<DailyNumbers> {
  let sum = NOTHING;
  for (const day of [date, plusDays(date, -1)]) {
    const { status, body } = await supervisor.ask<DailyNumbers>('GET', `/reports/daily/${day}.json`);
    // Nothing to report, or nothing heard of it yet
    if (status !== 200) continue;
    sum = { bookings: sums(sum.bookings, body.bookings), guidance: sums(sum.guidance, body.guidance) };
  }
  return sum;
}

const NOTHING: DailyNumbers = {
  bookings: { made: 0, moved: 0, cancelled: 0 },
  guidance: { offered: 0, taken: 0, declined: 0 },
};

function sums<Numbers extends object>(a: Numbers, b: Numbers): Numbers {
  const add = ([name, count]: [string, number]) => [name, count + (b as Record<string, number>)[name]!];
  return Object.fromEntries(Object.entries(a as Record<string, number>).map(add)) as Numbers;
}

/** The daily report against what the callers know. */
export function dayTiesOut(
  { bookings, guidance }: DailyNumbers,
  { ledger }: Pick<Evidence, 'ledger'>,
  isOwn: boolean,
): Check {
  const known = {
    made: ledger.bookings.length,
    moved: ledger.moves.done,
    cancelled: ledger.bookings.length - ledger.active().length,
    offered: ledger.offers.made,
    taken: ledger.offers.taken,
    declined: ledger.offers.declined,
  };
  const reported = { ...bookings, ...guidance };
  const wrong = Object.entries(known).flatMap(([name, count]) => {
    const found = reported[name as keyof typeof known];
    return found === count || (!isOwn && found > count) ? [] : [`${name} is ${found} in the report, not ${count}`];
  });
  return check('daily-report-ties-out', Object.entries(known).map(([name, count]) => `${name} ${count}`).join(', '), wrong); // prettier-ignore
}

async function termTiesOut(supervisor: DeskClient, termIds: readonly string[], { ledger }: Evidence): Promise<Check> {
  const sum = { made: 0, moved: 0, cancelled: 0 };
  for (const termId of termIds) {
    const { days } = await supervisor.must<TallyNumbers>('GET', `/reports/tally/${termId}.json`);
    for (const { made, moved, cancelled } of days) {
      sum.made += made;
      sum.moved += moved;
      sum.cancelled += cancelled;
    }
  }
  const known = [ledger.bookings.length, ledger.moves.done, ledger.bookings.length - ledger.active().length].join('/');
  const found = [sum.made, sum.moved, sum.cancelled].join('/');
  return check('tally-ties-out', `made/moved/cancelled ${known}`, found === known ? [] : [`the tally has ${found}`]);
}

/** `reports/daily-<date>.{json,docx,xlsx}` of the day with the most calls and of the day on which the bookings were entered, `reports/tally.xlsx`, `reports/completion.{docx,xlsx}`. */
async function reportFiles(
  day: EndOfDay,
  supervisor: DeskClient,
  dates: readonly string[],
  termIds: readonly string[],
): Promise<Check[]> {
  const folder = join(day.out, 'reports');
  mkdirSync(folder, { recursive: true });
  const wanted = [
    ...dates.flatMap((date) =>
      ['json', 'docx', 'xlsx'].map((kind) => [`/reports/daily/${date}.${kind}`, `daily-${date}.${kind}`] as const),
    ),
    ...termIds.map((termId, nth) => [`/reports/tally/${termId}.xlsx`, nth === 0 ? 'tally.xlsx' : `tally-${nth + 1}.xlsx`] as const), // prettier-ignore
    ['/reports/completion.docx', 'completion.docx'] as const,
    ['/reports/completion.xlsx', 'completion.xlsx'] as const,
  ];
  const wrong: string[] = [];
  for (const [path, name] of wanted) {
    const { status, bytes } = await supervisor.download(path);
    if (status === 200 && isWhole(name, bytes)) writeFileSync(join(folder, name), bytes);
    else wrong.push(`${name}: ${status} ${bytes.subarray(0, 200).toString()}`);
  }
  return [check('reports-written', wanted.map(([, name]) => name).join(', '), wrong)];
}

/** Every roster read back by another program: each booking stands in the list of its session and in no other, call by call. */
async function rostersHaveEveryBooking(
  { out, evidence }: EndOfDay,
  supervisor: DeskClient,
  termIds: readonly string[],
): Promise<Check> {
  const folder = join(out, 'rosters');
  mkdirSync(folder, { recursive: true });
  const listed = new Map<string, Set<string>>();
  const wrong: string[] = [];
  for (const termId of termIds) {
    const { status, bytes } = await supervisor.download(`/rosters/term/${termId}.zip`);
    if (status !== 200) {
      wrong.push(`rosters: ${status} ${bytes.subarray(0, 200).toString()}`);
      continue;
    }
    for (const [path, content] of Object.entries(unzipSync(new Uint8Array(bytes)))) {
      const name = path.split('/').at(-1)!;
      // Names: for the owner of the folder alone
      writeFileSync(join(folder, name), content, { mode: 0o600 });
      listed.set(name.replace(/\.xlsx$/, ''), await receiptsIn(content));
    }
  }
  const codes = new Map(evidence.board.map(({ sessionId, sessionCode }) => [sessionId, sessionCode]));
  for (const { receiptNumber, sessionId, state } of evidence.ledger.bookings) {
    const expected = state === 'active' ? codes.get(sessionId) : undefined;
    for (const [code, receipts] of listed) {
      if (receipts.has(receiptNumber) !== (code === expected)) {
        wrong.push(`${receiptNumber} ${code === expected ? 'is missing from' : 'stands in'} the roster of ${code}`);
      }
    }
    if (expected !== undefined && !listed.has(expected)) wrong.push(`there is no roster of ${expected}`);
  }
  return check(
    'rosters-have-every-booking',
    `${evidence.ledger.bookings.length} bookings in ${listed.size} rosters`,
    wrong,
  );
}

async function receiptsIn(xlsx: Uint8Array): Promise<Set<string>> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(xlsx) as never);
  const receipts = new Set<string>();
  for (const sheet of book.worksheets) {
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        if (/^\d{8}$/.test(String(cell.value ?? ''))) receipts.add(cell.text);
      }),
    );
  }
  return receipts;
}

/** The whole set below `feeds/`, each file as its manifest says, and its seats as the board has them. */
async function feedsTieOut({ out, evidence }: EndOfDay, supervisor: DeskClient): Promise<Check[]> {
  const folder = join(out, 'feeds');
  mkdirSync(folder, { recursive: true });
  const manifest = await supervisor.download('/feeds/v1/manifest.json');
  writeFileSync(join(folder, 'manifest.json'), manifest.bytes);
  const { setId, files } = JSON.parse(manifest.bytes.toString()) as Manifest;
  const torn: string[] = [];
  let sessions: readonly FeedSession[] = [];
  for (const { name, sha256 } of files) {
    const { bytes } = await supervisor.download(`/feeds/v1/${name}?set=${setId}`);
    writeFileSync(join(folder, name), bytes);
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) torn.push(name);
    else if (name === 'sessions_capacity.json') {
      sessions = (JSON.parse(bytes.toString()) as { rows: FeedSession[] }).rows;
    }
  }
  return [check('feeds-as-their-manifest', `${files.length} files`, torn), feedSeatsAsBoard(sessions, evidence)];
}

export function feedSeatsAsBoard(feed: readonly FeedSession[], { board }: Pick<Evidence, 'board'>): Check {
  const rows = new Map(feed.map((row) => [row.sessionCode, row]));
  const wrong = board.flatMap(({ sessionCode, capacity, reserved }) => {
    const row = rows.get(sessionCode);
    if (row?.capacity === capacity && row.reserved === reserved) return [];
    return [`${sessionCode} has ${row?.reserved}/${row?.capacity} in the feed, not ${reserved}/${capacity}`];
  });
  return check('feed-seats-as-the-board', `${board.length} sessions`, wrong);
}

function isWhole(name: string, bytes: Buffer): boolean {
  return name.endsWith('.json') ? bytes.at(0) === 0x7b : bytes.subarray(0, 2).toString('latin1') === 'PK';
}
