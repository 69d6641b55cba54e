import { weekdayOf } from '#calendar/civil-time.js';

/** What the desk has seen of one day: calls offered, in all and by hour. */
export interface PastDay {
  readonly date: string;
  readonly offered: number;
  /** Calls by the hour in which they came, `9` for 9:00–9:59. */
  readonly byHour: ReadonlyMap<number, number>;
}

/** The term that a day belongs to. */
export interface OpenTerm {
  readonly termNo: number;
  /** 開設日, in order. */
  readonly openDays: readonly string[];
  /** Whole hours at which the telephones are open, `[9, …, 15]`. */
  readonly hours: readonly number[];
}

/** An input of a forecast with where it comes from, so that nobody takes an assumption for a measurement. */
export interface Input<Value> {
  readonly value: Value;
  readonly from: 'history' | 'specification' | 'assumed' | 'given';
  /** In Japanese, printed beside the number. */
  readonly note: string;
}

export interface Forecast {
  readonly date: string;
  /** 開設○日目, from 1. */
  readonly dayNo: number;
  readonly termTotal: Input<number>;
  readonly firstDayShare: Input<number>;
  readonly hourlySplit: Input<ReadonlyMap<number, number>>;
  /** Expected calls of the day: the sum over the hours. */
  readonly calls: number;
}

/** 表２ 令和５年度実績（概数値）: what the specification gives, by the term that follows the same season. */
export const FISCAL_2023 = [
  { termNo: 1, month: '９月', total: 640, openDays: 6, dailyMean: 100, dailyMost: 450, noticesPosted: 350 },
  { termNo: 2, month: '11月', total: 80, openDays: 9, dailyMean: 9, dailyMost: 15, noticesPosted: 80 },
  { termNo: 3, month: '１月', total: 270, openDays: 10, dailyMean: 27, dailyMost: 180, noticesPosted: 150 },
] as const;

/** 6(5)ウ: the desk is ready for this many a day and no more. */
export const DAILY_CEILING = 450;

/** Mornings dominate (6(5)ウ); the shares themselves are the desk's assumption until it has measured. (requirements §5.3) */
const ASSUMED_SPLIT = new Map([[9, 0.3], [10, 0.2], [11, 0.14], [12, 0.08], [13, 0.1], [14, 0.1], [15, 0.08]]); // prettier-ignore

/** Calls from which on the desk's own hours say more than the assumption. */
const ENOUGH_CALLS = 200;

export interface WhatIf {
  readonly termTotal?: number;
  readonly firstDayShare?: number;
}

/**
 * What to expect of an open day: the term's total, the share that comes on day one, the rest over the other days by weekday.
 * @param past days before `date`, of any term, oldest first
 * @returns undefined when the day is none on which the telephones are open
 */
export function forecastOf(
  date: string,
  term: OpenTerm,
  past: readonly PastDay[],
  whatIf: WhatIf = {},
): Forecast | undefined {
  const index = term.openDays.indexOf(date);
  if (index < 0) return undefined;
  const before = past.filter((day) => day.date < date);
  const termTotal = totalOf(term, before, whatIf.termTotal);
  const firstDayShare = firstShareOf(term, before, whatIf.firstDayShare);
  const dayShare = index === 0 ? firstDayShare.value : (1 - firstDayShare.value) * weekdayShare(date, term, before);
  return {
    date,
    dayNo: index + 1,
    termTotal,
    firstDayShare,
    hourlySplit: splitOf(term.hours, before),
    calls: Math.min(DAILY_CEILING, termTotal.value * dayShare),
  };
}

function totalOf(term: OpenTerm, past: readonly PastDay[], given: number | undefined): Input<number> {
  if (given !== undefined) return { value: given, from: 'given', note: '試算で指定した値' };
  const known = FISCAL_2023.find(({ termNo }) => termNo === term.termNo);
  const seen = past.filter(({ date }) => term.openDays.includes(date));
  const [first] = seen;
  // Day one tells more of the term than last year does, once it is over
  if (known !== undefined && first !== undefined && first.date === term.openDays[0] && first.offered > 0) {
    const scaled = Math.round(first.offered / (known.dailyMost / known.total));
    return {
      value: Math.max(scaled, sum(seen.map(({ offered }) => offered))),
      from: 'history',
      note: `今期の開設１日目の実績${first.offered}件を令和５年度の初日の割合で引き伸ばした値`,
    };
  }
  if (known !== undefined) {
    return {
      value: known.total,
      from: 'specification',
      note: `令和５年度${known.month}の入電合計（仕様書 表２、概数値）`,
    };
  }
  return { value: 270, from: 'assumed', note: '実績のない期：令和５年度１月の合計を仮に置いた値' };
}

function firstShareOf(term: OpenTerm, past: readonly PastDay[], given: number | undefined): Input<number> {
  if (given !== undefined) return { value: given, from: 'given', note: '試算で指定した値' };
  const seen = past.filter(({ date }) => term.openDays.includes(date));
  const whole = seen.length === term.openDays.length ? sum(seen.map(({ offered }) => offered)) : 0;
  if (whole > 0) return { value: seen[0]!.offered / whole, from: 'history', note: 'この期の実績' };
  const known = FISCAL_2023.find(({ termNo }) => termNo === term.termNo);
  if (known === undefined)
    return { value: 0.67, from: 'assumed', note: '実績のない期：令和５年度１月の割合を仮に置いた値' };
  return {
    value: known.dailyMost / known.total,
    from: 'specification',
    note: `令和５年度${known.month}の最大受電件数÷入電合計（最大の日を初日とみなす）`,
  };
}

/** The part of what comes after day one that comes on this day: even, and by weekday once each has been seen. */
function weekdayShare(date: string, term: OpenTerm, past: readonly PastDay[]): number {
  const rest = term.openDays.slice(1);
  const later = past.filter(({ date: day }) => day !== term.openDays[0]);
  const weightOf = (weekday: number) => {
    const same = later.filter(({ date: day }) => weekdayOf(day) === weekday);
    return same.length === 0 ? undefined : sum(same.map(({ offered }) => offered)) / same.length;
  };
  const weights = rest.map((day) => weightOf(weekdayOf(day)));
  const allSeen = weights.every((weight) => weight !== undefined && weight > 0);
  if (!allSeen) return 1 / rest.length;
  return weightOf(weekdayOf(date))! / sum(weights as number[]);
}

function splitOf(hours: readonly number[], past: readonly PastDay[]): Input<ReadonlyMap<number, number>> {
  const seen = new Map(hours.map((hour) => [hour, sum(past.map(({ byHour }) => byHour.get(hour) ?? 0))]));
  const total = sum([...seen.values()]);
  if (total >= ENOUGH_CALLS) {
    return { value: shares(seen), from: 'history', note: `これまでの開設日の入電${total}件の時間帯別割合` };
  }
  const assumed = new Map(hours.map((hour) => [hour, ASSUMED_SPLIT.get(hour) ?? 0]));
  if (sum([...assumed.values()]) === 0) {
    return { value: shares(new Map(hours.map((hour) => [hour, 1]))), from: 'assumed', note: '均等割り（実績なし）' };
  }
  return { value: shares(assumed), from: 'assumed', note: '午前集中の仮定（30/20/14/8/10/10/8％）' };
}

function shares(counts: ReadonlyMap<number, number>): Map<number, number> {
  const total = sum([...counts.values()]);
  return new Map([...counts].map(([hour, count]) => [hour, count / total]));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
