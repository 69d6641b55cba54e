import { dayText } from '#calendar/japanese-date.js';
import { dateAt, timeAt } from '#calendar/civil-time.js';
import type { CallCounts } from './daily-report.js';
import type { PaperColumn, PaperValue } from './paper.js';

/** A share from 0 to 1; null when there was nothing to divide by. */
export function rate(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** `9時台` */
export function hourText(from: string): string {
  return `${Number(from.slice(0, 2))}時台${from.endsWith(':00') ? '' : `（${from.slice(3)}分〜）`}`;
}

/** `7/25（金）10:30` of an instant. */
export function momentText(at: number): string {
  return `${dayText(dateAt(at))}${timeAt(at)}`;
}

/** The columns that every table of calls has, in the same order. (§5.1) */
export const CALL_COLUMNS: readonly PaperColumn[] = [
  { header: '入電', kind: 'integer' },
  { header: '応答', kind: 'integer' },
  { header: '放棄', kind: 'integer' },
  { header: '（５秒未満）', kind: 'integer', width: 1.55 },
  { header: '応答率', kind: 'percent', width: 1.1 },
  { header: 'ＳＬ', kind: 'percent', width: 1.1 },
];

export function callValues(calls: CallCounts): PaperValue[] {
  return [
    calls.offered,
    calls.answered,
    calls.abandoned,
    calls.shortAbandoned,
    rate(calls.answered, calls.offered),
    rate(calls.answeredInTime, calls.offered),
  ];
}

export function sumOfCalls(all: readonly CallCounts[]): CallCounts {
  const sum = (of: (calls: CallCounts) => number) => all.reduce((total, calls) => total + of(calls), 0);
  return {
    offered: sum(({ offered }) => offered),
    answered: sum(({ answered }) => answered),
    abandoned: sum(({ abandoned }) => abandoned),
    shortAbandoned: sum(({ shortAbandoned }) => shortAbandoned),
    answeredInTime: sum(({ answeredInTime }) => answeredInTime),
  };
}

/** What a count is printed as where it is too small to be told. (§8.27) */
export const TOO_FEW = '少数のため非表示';

export const shownCount = (count: number | null): PaperValue => count ?? TOO_FEW;
