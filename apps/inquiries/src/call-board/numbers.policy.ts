import { dateAt } from '#calendar/civil-time.js';
import type { CallAccount } from '#contracts/inquiries/call-account.js';
import type { TrafficReported } from '#contracts/inquiries/traffic.events.js';

/** Seconds within which a call should be answered; printed with every service level. (§5.1) */
export const SERVICE_LEVEL_SECONDS = 20;

/** The numbers of any set of calls, by the definitions of requirements §5.1. Rates are absent where nothing was offered. */
export interface CallNumbers {
  readonly callsOffered: number;
  readonly callsAnswered: number;
  readonly callsAbandoned: number;
  readonly shortAbandoned: number;
  /** Neither answered nor abandoned: waiting, or its end is not known yet. */
  readonly callsWaiting: number;
  readonly callsOutOfHours: number;
  /** 話中, from the carrier; absent where no report was taken in. */
  readonly callsBusy?: number;
  /** 総呼数 = 入電 + 話中 + 時間外. */
  readonly totalCalls: number;
  readonly answerRate?: number;
  /** Of the calls offered, those that were gone in less than 5 seconds left out. */
  readonly answerRateWithoutShort?: number;
  readonly abandonRate?: number;
  /** Answered within 20 seconds, of those offered. */
  readonly serviceLevel?: number;
  /** Means over the calls of which they were measured, in seconds. */
  readonly averageWait?: number;
  readonly averageTalk?: number;
  readonly averageHold?: number;
  readonly averageAfterCallWork?: number;
  readonly averageHandling?: number;
  readonly transferred: number;
  /** 一次解決率: closed with an outcome that is neither a call-back nor an escalation, of those closed with one. */
  readonly firstContactResolution?: number;
  readonly byPurpose: Readonly<Record<string, number>>;
  readonly byOutcome: Readonly<Record<string, number>>;
  readonly withoutCategory: number;
}

export type TrafficSlot = TrafficReported['data']['slots'][number];

export interface TrafficOfDays {
  readonly slots: readonly TrafficSlot[];
  /** Days of which the carrier also told the time outside the hours. */
  readonly datesOutside: ReadonlySet<string>;
}

/** @param accounts of calls that were not struck @param traffic of the same time; undefined where there is no report */
export function numbersOf(accounts: readonly CallAccount[], traffic?: TrafficOfDays): CallNumbers {
  const byTelephone = accounts.filter(({ channel }) => channel === 'telephone');
  const offered = byTelephone.filter(({ outOfHours }) => !outOfHours);
  const answered = offered.filter(({ answer }) => answer);
  const abandoned = offered.filter(({ answer, abandonment }) => !answer && abandonment);
  const short = abandoned.filter(({ abandonment }) => abandonment!.short);
  const closed = accounts.flatMap(({ ending }) => (ending ? [ending] : []));
  const withOutcome = closed.filter(({ outcome }) => outcome !== undefined);
  const resolved = withOutcome.filter(({ outcome }) => outcome !== 'callback' && outcome !== 'escalated');
  const inTime = answered.filter(({ answer }) => (answer!.waitSeconds ?? Infinity) <= SERVICE_LEVEL_SECONDS);
  // Of a day of which the carrier tells the time outside the hours, it saw every call; the queue only those that got into it
  const outside = traffic?.slots.filter(({ outOfHours }) => outOfHours) ?? [];
  const queued = byTelephone.filter(
    ({ outOfHours, receivedAt }) => outOfHours && !traffic?.datesOutside.has(dateAt(Date.parse(receivedAt))),
  );
  const outOfHours = sum(outside.map(({ arrived }) => arrived)) + queued.length;
  const busy = traffic && sum(traffic.slots.map((slot) => slot.busy));
  const handling = closed.flatMap(({ talkSeconds, holdSeconds = 0, afterCallWorkSeconds = 0 }) =>
    talkSeconds === undefined ? [] : [talkSeconds + holdSeconds + afterCallWorkSeconds],
  );
  return {
    ...{ callsOffered: offered.length, callsAnswered: answered.length, callsAbandoned: abandoned.length },
    shortAbandoned: short.length,
    callsWaiting: offered.length - answered.length - abandoned.length,
    callsOutOfHours: outOfHours,
    ...(busy !== undefined && { callsBusy: busy }),
    totalCalls: offered.length + (busy ?? 0) + outOfHours,
    ...rate('answerRate', answered.length, offered.length),
    ...rate('answerRateWithoutShort', answered.length, offered.length - short.length),
    ...rate('abandonRate', abandoned.length, offered.length),
    ...rate('serviceLevel', inTime.length, offered.length),
    ...mean('averageWait', answered.map(({ answer }) => answer!.waitSeconds)), // prettier-ignore
    ...mean('averageTalk', closed.map(({ talkSeconds }) => talkSeconds)), // prettier-ignore
    ...mean('averageHold', closed.map(({ holdSeconds }) => holdSeconds)), // prettier-ignore
    ...mean('averageAfterCallWork', closed.map(({ afterCallWorkSeconds }) => afterCallWorkSeconds)), // prettier-ignore
    ...mean('averageHandling', handling),
    transferred: closed.filter(({ transfers }) => transfers > 0).length,
    ...rate('firstContactResolution', resolved.length, withOutcome.length),
    byPurpose: countBy(closed.map(({ purpose }) => purpose)),
    byOutcome: countBy(closed.map(({ outcome }) => outcome)),
    withoutCategory: accounts.filter(({ answer, ending }) => answer && ending?.category === undefined).length,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function rate<Name extends string>(name: Name, part: number, whole: number): { [Key in Name]?: number } {
  return (whole > 0 ? { [name]: rounded(part / whole, 4) } : {}) as { [Key in Name]?: number };
}

function mean<Name extends string>(name: Name, values: readonly (number | undefined)[]): { [Key in Name]?: number } {
  const known = values.filter((value) => value !== undefined);
  return (known.length > 0 ? { [name]: rounded(sum(known) / known.length, 1) } : {}) as { [Key in Name]?: number };
}

function rounded(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}

function countBy(codes: readonly (string | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const code of codes) if (code !== undefined) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
