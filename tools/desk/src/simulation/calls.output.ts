import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeskClient } from '../desk-client.js';
import { callFigures, sums, type CallFigures } from './call-figures.js';
import { callsAsTheCallersKnow, callsOnPapers, expectedOf, type ListedCall } from './call-checks.js';
import { check, type Check } from './check.js';
import type { Evidence } from './evidence.js';
import type { EndOfDay, Output } from './output.js';
import { QUEUE, queueLogs } from './queue-log.js';
import type { PlacedCall } from './telephone.js';

/** `POST /calls/import` of a queue_log, as far as it is looked at. */
interface Imported {
  readonly unreadableLines: number;
  readonly calls: number;
  readonly answered: number;
  readonly abandoned: number;
  readonly joined: number;
  readonly added: number;
  readonly changed: number;
  readonly clockJumped: number;
  readonly ambiguous: readonly string[];
}

const COUNTED = ['unreadableLines', 'calls', 'answered', 'abandoned', 'joined', 'added', 'changed', 'clockJumped'] as const; // prettier-ignore
/** A file has at most 5 MB. */
const MOST_LINES = 40_000;

/** The log of the telephone system is taken in; then every call is where its caller knows it, and every paper counts it. */
export const calls: Output = {
  name: 'the calls and what the telephone system wrote of them',
  run: async (day) => {
    const supervisor = await supervisorOf(day);
    const { evidence } = day;
    const checks = await importLogs(supervisor, day);
    const listed = await listedCalls(supervisor, evidence);
    const settled = await settledFigures(supervisor, evidence);
    checks.push(
      callsAsTheCallersKnow(evidence, listed),
      await inquiriesCounted(supervisor, evidence),
      ...callsOnPapers(settled, evidence),
    );
    return { checks };
  },
};

function supervisorOf({ desk }: EndOfDay): Promise<DeskClient> {
  return desk.operator.colleague(desk.accounts.find(({ role }) => role === 'supervisor')!);
}

/** Each day as it was half written, then whole, then once more: what was read before is counted once. */
async function importLogs(supervisor: DeskClient, { evidence, out }: EndOfDay): Promise<Check[]> {
  const folder = join(out, 'queue-log');
  mkdirSync(folder, { recursive: true });
  const wrong: string[] = [];
  let [lines, ambiguous] = [0, 0];
  for (const [date, text] of queueLogs(evidence.placed, evidence.seats)) {
    // Telephone numbers stand in it, as Asterisk writes them: for the owner of the folder alone
    writeFileSync(join(folder, `queue_log-${date}`), text, { mode: 0o600 });
    const ofDay = evidence.placed.filter((one) => one.date === date);
    await importAll(supervisor, text.slice(0, text.length / 2));
    const whole = await importAll(supervisor, text);
    const again = await importAll(supervisor, text);
    lines += text.split('\n').length - 1;
    ambiguous += again.ambiguous.length;
    wrong.push(...differing(date, whole, ofDay), ...(again.added + again.changed > 0 ? [`${date} changed again`] : []));
  }
  const told = `${lines} lines of ${evidence.placed.length} calls, each file half, whole and once more`;
  return [
    check('queue-log-taken-in', told, [...wrong, ...(ambiguous > 0 ? [`${ambiguous} calls of screens found no line`] : [])]), // prettier-ignore
  ];
}

function differing(date: string, found: Imported, ofDay: readonly PlacedCall[]): string[] {
  const abandoned = ofDay.filter(({ call }) => call.abandoned).length;
  const wanted = { unreadableLines: 0, calls: ofDay.length, abandoned, answered: ofDay.length - abandoned, clockJumped: 0 }; // prettier-ignore
  return Object.entries(wanted).flatMap(([name, count]) => {
    const is = found[name as keyof typeof wanted];
    return is === count ? [] : [`${name} of ${date} is ${is}, not ${count}`];
  });
}

async function importAll(supervisor: DeskClient, text: string): Promise<Imported> {
  const lines = text.split(/(?<=\n)/);
  const sum: Record<string, number> = {};
  let ambiguous: readonly string[] = [];
  for (let from = 0; from < lines.length; from += MOST_LINES) {
    const part = lines.slice(from, from + MOST_LINES).join('');
    const answer = await supervisor.send<Imported>(`/calls/import?format=queueLog&queue=${QUEUE}`, part, 'text/plain');
    for (const name of COUNTED) sum[name] = (sum[name] ?? 0) + answer[name];
    ({ ambiguous } = answer);
  }
  return { ...sum, ambiguous } as unknown as Imported;
}

/** Every call of the days that were played, once the list has heard of all: half a minute at most. */
async function listedCalls(supervisor: DeskClient, { placed }: Evidence): Promise<ListedCall[]> {
  for (let end = Date.now() + 30_000; ;) {
    const all: ListedCall[] = [];
    for (const date of new Set(placed.map((one) => one.date))) {
      for (let after = ''; ;) {
        const path = `/calls?date=${date}&limit=500${after}`;
        const { calls: page, next } = await supervisor.must<{ calls: ListedCall[]; next?: string }>('GET', path);
        all.push(...page);
        if (next === undefined) break;
        after = `&after=${next}`;
      }
    }
    const heard = all.filter(({ queue, struck }) => queue === QUEUE && !struck).length;
    if (heard >= placed.length || Date.now() > end) return all;
    await sleep(200);
  }
}

/** Once the papers count every call: a minute at most. */
async function settledFigures(supervisor: DeskClient, evidence: Evidence): Promise<CallFigures> {
  const { figuresBefore, days, termIds } = evidence;
  const wanted = expectedOf(evidence);
  for (let end = Date.now() + 60_000; ;) {
    const found = await callFigures(supervisor, days, termIds);
    const gained = sums(found.completion, figuresBefore.completion, -1);
    const isWhole = gained.offered + gained.outOfHours >= wanted.ofTerms.offered + wanted.ofTerms.outOfHours;
    if ((isWhole && gained.answered >= wanted.ofTerms.answered) || Date.now() > end) return found;
    await sleep(300);
  }
}

interface InquiryDays {
  readonly days: readonly { readonly date: string; readonly category: string; readonly tallied: number }[];
}

/** 問い合わせ分類別件数: what was counted with one key. (R040) */
async function inquiriesCounted(supervisor: DeskClient, { ledger, days, talliedBefore }: Evidence): Promise<Check> {
  const wanted = new Map(talliedBefore);
  for (const { date, category } of ledger.inquiries) {
    wanted.set(`${date} ${category}`, (wanted.get(`${date} ${category}`) ?? 0) + 1);
  }
  for (let end = Date.now() + 30_000; ;) {
    const found = await talliedOn(supervisor, days);
    const wrong = [...wanted].filter(([key, count]) => (found.get(key) ?? 0) < count);
    if (wrong.length > 0 && Date.now() < end) {
      await sleep(200);
      continue;
    }
    return check(
      'inquiries-as-the-callers-know',
      `${ledger.inquiries.length} questions by day and category`,
      wrong.map(([key, count]) => `${key}: ${found.get(key) ?? 0}, not ${count}`),
    );
  }
}

export async function talliedOn(supervisor: DeskClient, days: readonly string[]): Promise<Map<string, number>> {
  const path = `/inquiries/days?from=${days[0]}&to=${days.at(-1)}`;
  const { days: rows } = await supervisor.must<InquiryDays>('GET', path);
  return new Map(rows.map(({ date, category, tallied }) => [`${date} ${category}`, tallied]));
}
