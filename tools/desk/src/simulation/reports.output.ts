import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dateAt, plusDays } from '#calendar/civil-time.js';
import type { DeskClient } from '../desk-client.js';
import { callsInTheBooks } from './call-books.js';
import { busiestDayOf } from './call-checks.js';
import { check, type Check } from './check.js';
import type { Evidence } from './evidence.js';
import { feedsTieOut } from './feed-checks.js';
import type { EndOfDay, Output } from './output.js';
import { rostersHaveEveryBooking } from './roster-checks.js';

interface Counts {
  readonly made: number;
  readonly moved: number;
  readonly cancelled: number;
}

/** What the desk reports of the day (`GET /reports/daily/:date.json`). */
interface DailyNumbers {
  readonly bookings: Counts;
  readonly guidance: { readonly offered: number; readonly taken: number; readonly declined: number };
}

/** `GET /reports/tally/:termId.json`. */
interface TallyNumbers {
  readonly days: readonly Counts[];
}

/** Rosters of every session, the reports of the day and the term, the feeds: written, read back and added up. */
export const reports: Output = {
  name: 'rosters, reports and feeds',
  run: async (day) => {
    const { desk, evidence } = day;
    const account = desk.accounts.find(({ role }) => role === 'supervisor')!;
    const supervisor = await desk.operator.colleague(account);
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
function dayTiesOut({ bookings, guidance }: DailyNumbers, { ledger }: Pick<Evidence, 'ledger'>, isOwn: boolean): Check {
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

function isWhole(name: string, bytes: Buffer): boolean {
  return name.endsWith('.json') ? bytes.at(0) === 0x7b : bytes.subarray(0, 2).toString('latin1') === 'PK';
}
