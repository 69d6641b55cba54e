import { isDeepStrictEqual } from 'node:util';
import { isReceiving, type Reception } from '#calendar/reception.js';
import { differences, sums, total, type CallFigures, type CallSums } from './call-figures.js';
import { check, notCompared, type Check } from './check.js';
import type { CallEvidence } from './evidence.js';
import type { AnsweredCall } from './ledger.js';
import { QUEUE } from './queue-log.js';
import { instant, type PlacedCall } from './telephone.js';

/** `GET /calls`. */
export interface ListedCall {
  readonly callId: string;
  readonly source: string;
  readonly channel: string;
  readonly receivedAt: string;
  readonly queue?: string;
  readonly outOfHours?: true;
  readonly struck?: true;
  readonly answer?: { readonly answeredAt: string; readonly waitSeconds?: number };
  readonly abandonment?: object;
  readonly ending?: Readonly<Record<string, unknown>>;
}

/** In less than this, seconds: 短時間放棄. (§5.1) */
const SHORT = 5;

type Known = Pick<CallEvidence, 'placed' | 'ledger' | 'receptions' | 'isOwn'>;

/** Every call as it stands in the list, second by second, and none beside them. */
export function callsAsTheCallersKnow(evidence: Known, listed: readonly ListedCall[]): Check {
  const { ledger, placed, receptions, isOwn } = evidence;
  const left = new Map(listed.filter(({ struck }) => !struck).map((one) => [one.callId, one]));
  const wrong: string[] = [];
  for (const answered of ledger.calls) {
    const found = left.get(answered.callId);
    left.delete(answered.callId);
    const wanted = answeredAccount(answered, receptions);
    if (!isDeepStrictEqual(found && plain(found), wanted)) wrong.push(`call ${answered.placed.call.nth}${differing(found && plain(found), wanted)}`); // prettier-ignore
  }
  for (const one of placed.filter(({ call }) => call.abandoned)) {
    const wanted = abandonedAccount(one, receptions);
    const found = [...left.values()].find((call) => isDeepStrictEqual(plain(call), wanted));
    if (found === undefined) wrong.push(`call ${one.call.nth} that was given up is not in the list`);
    else left.delete(found.callId);
  }
  if (isOwn) wrong.push(...[...left.values()].filter(({ queue }) => queue === QUEUE).map(({ receivedAt }) => `a call at ${receivedAt} that nobody made`)); // prettier-ignore
  return check('calls-as-the-callers-know', `${placed.length} calls one by one, by the second`, wrong);
}

function differing(found: Readonly<Record<string, unknown>> | undefined, wanted: Readonly<Record<string, unknown>>) {
  if (found === undefined) return ' is not in the list';
  const names = Object.keys({ ...found, ...wanted }).filter((name) => !isDeepStrictEqual(found[name], wanted[name]));
  return names.map((name) => ` has ${name} ${JSON.stringify(found[name])}, not ${JSON.stringify(wanted[name])}`).join(' and'); // prettier-ignore
}

/** Without who answered: operators are named by ids that only the desk knows. */
function plain({ source, channel, receivedAt, queue, outOfHours, answer, abandonment, ending }: ListedCall) {
  const { answeredAt, waitSeconds } = answer ?? {};
  return {
    ...{ source, channel, receivedAt, queue, outOfHours, abandonment, ending },
    answer: answer && { answeredAt, waitSeconds },
  };
}

function answeredAccount({ placed, ending }: AnsweredCall, receptions: readonly Reception[]) {
  const { call, enteredAt, pickedUpAt, holdSeconds, afterCallSeconds, transferred } = placed;
  return {
    ...{ source: 'screen', ...arrivalOf(enteredAt, receptions), abandonment: undefined },
    answer: { answeredAt: instant(pickedUpAt), waitSeconds: call.waitSeconds },
    ending: {
      ...ending,
      closedAt: instant(pickedUpAt + call.talkSeconds + afterCallSeconds),
      ...{ talkSeconds: call.talkSeconds - holdSeconds, holdSeconds, afterCallWorkSeconds: afterCallSeconds },
      transfers: transferred ? 1 : 0,
    },
  };
}

function abandonedAccount({ call, enteredAt, pickedUpAt }: PlacedCall, receptions: readonly Reception[]) {
  const { waitSeconds } = call;
  return {
    ...{ source: 'queueLog', ...arrivalOf(enteredAt, receptions), answer: undefined, ending: undefined },
    abandonment: {
      ...{ abandonedAt: instant(pickedUpAt), waitSeconds, cause: 'hungUp' },
      ...(waitSeconds < SHORT && { short: true }),
    },
  };
}

function arrivalOf(enteredAt: number, receptions: readonly Reception[]) {
  const outOfHours = isOpen(enteredAt, receptions) ? undefined : true;
  return { channel: 'telephone', receivedAt: instant(enteredAt), queue: QUEUE, outOfHours };
}

function isOpen(enteredAt: number, receptions: readonly Reception[]): boolean {
  return receptions.some((reception) => isReceiving(reception, enteredAt * 1_000));
}

export interface Expected {
  readonly days: ReadonlyMap<string, CallSums>;
  readonly total: CallSums;
  /** Without the days before the telephones open for the first time: no term begins earlier. */
  readonly ofTerms: CallSums;
}

/** What the papers must count. */
export function expectedOf({ placed, receptions }: Pick<CallEvidence, 'placed' | 'receptions'>): Expected {
  const days = new Map<string, CallSums>();
  for (const { date, call, enteredAt } of placed) {
    const count = (yes: boolean) => (yes ? 1 : 0);
    const offered = isOpen(enteredAt, receptions);
    const one = {
      offered: count(offered),
      answered: count(offered && !call.abandoned),
      abandoned: count(offered && call.abandoned),
      shortAbandoned: count(offered && call.abandoned && call.waitSeconds < SHORT),
      outOfHours: count(!offered),
    };
    days.set(date, total([days.get(date), one].filter((sum) => sum !== undefined)));
  }
  const begins = receptions.map(({ from }) => from).toSorted()[0] ?? '';
  const ofTerms = [...days].filter(([date]) => date >= begins).map(([, sums]) => sums);
  return { days, total: total(days.values()), ofTerms: total(ofTerms) };
}

/** The day with the most calls. */
export function busiestDayOf({ placed }: Pick<CallEvidence, 'placed'>): string {
  const counts = new Map<string, number>();
  for (const { date } of placed) counts.set(date, (counts.get(date) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]![0];
}

/** What board and papers have gained against what the callers know; on a desk of our own also the mean talk. */
export function callsOnPapers(found: CallFigures, evidence: CallEvidence): Check[] {
  const { figuresBefore: before, isOwn, ledger } = evidence;
  const wanted = expectedOf(evidence);
  const gained = (name: 'board' | 'tally' | 'completion', known = wanted.ofTerms) =>
    differences(sums(found[name], before[name], -1), known, `of the ${name}`, !isOwn);
  const daily = [...wanted.days].flatMap(([date, sum]) => {
    const report = found.daily.get(date);
    if (report === undefined) return [`there is no daily report of ${date}`];
    const earlier = before.daily.get(date) ?? total([]);
    return differences(sums(report, earlier, -1), sum, `of ${date}`, !isOwn);
  });
  const isFirst = isOwn && before.board.answered === 0;
  return [
    counted('calls-on-the-board', wanted.total, gained('board', wanted.total), evidence),
    check('calls-on-the-daily-reports', `${wanted.days.size} days`, daily),
    counted('calls-on-the-tally', wanted.ofTerms, gained('tally'), evidence),
    counted('calls-on-the-completion-report', wanted.ofTerms, gained('completion'), evidence),
    ...(isFirst ? [talkOnPapers(found, ledger.calls)] : []),
  ];
}

/** Where no call was in hours, nothing stands on a paper that could be right or wrong. */
function counted(name: string, wanted: CallSums, wrong: readonly string[], evidence: CallEvidence): Check {
  if (wrong.length > 0 || wanted.offered > 0) return check(name, inWords(wanted), wrong);
  return notCompared(name, `${whyClosed(evidence)}, so none of the ${evidence.placed.length} calls counts`);
}

function whyClosed({ receptions, days }: CallEvidence): string {
  const [first, last] = [days[0]!, days.at(-1)!];
  const coming = receptions.map(({ from }) => from).toSorted()[0];
  if (coming === undefined) return 'this desk has no term';
  if (coming > last) return `the reception of this desk has not begun before ${coming}`;
  const ended = receptions.map(({ to }) => to).toSorted().at(-1)!; // prettier-ignore
  if (ended < first) return `the reception of this desk is over since ${ended}`;
  return `the telephones of this desk were closed from ${first} to ${last}`;
}

function inWords({ offered, answered, abandoned, shortAbandoned, outOfHours }: CallSums): string {
  return `offered ${offered}, answered ${answered}, abandoned ${abandoned} (${shortAbandoned} at once), out of hours ${outOfHours}`;
}

function talkOnPapers({ talk }: CallFigures, calls: readonly AnsweredCall[]): Check {
  const mean = (of: readonly AnsweredCall[]) =>
    of.reduce((sum, { placed }) => sum + placed.call.talkSeconds - placed.holdSeconds, 0) / of.length;
  const dates = [...new Set(calls.map(({ placed }) => placed.date))];
  const wrong = dates.flatMap((date) => {
    const wanted = mean(calls.filter(({ placed }) => placed.date === date));
    const is = talk.daily.get(date);
    return isAbout(is, wanted) ? [] : [`the mean talk of ${date} is ${is}, not ${wanted}`];
  });
  const whole = mean(calls);
  if (!talk.completion.some((is) => isAbout(is, whole))) wrong.push(`the mean talk of the term is ${talk.completion.join(', ')}, not ${whole}`); // prettier-ignore
  return check('talk-on-the-papers', `${Math.round(whole)} s on the average of ${calls.length} calls`, wrong);
}

/** Papers may round to a thousandth. */
function isAbout(is: number | null | undefined, wanted: number): boolean {
  return typeof is === 'number' && Math.abs(is - wanted) < 0.001;
}
