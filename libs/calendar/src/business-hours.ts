import { isBusinessDay, type DayException } from './business-days.js';
import { dateAt, instantOf, plusDays } from './civil-time.js';
import { search } from './delivery-days.js';

/** When the desk works: the reception hours of its business days. Clocks of people who wait run only then. */
export interface BusinessHours {
  /** `09:00` */
  readonly opensAt: string;
  /** `16:00`, later than `opensAt`; work may still be due at this very minute. */
  readonly closesAt: string;
  readonly exceptions?: readonly DayException[];
}

const MINUTE = 60_000;

/** The first business day after a day. */
export function nextBusinessDay(date: string, exceptions: readonly DayException[] = []): string {
  return search(plusDays(date, 1), 1, (day) => isBusinessDay(day, exceptions));
}

/** The day `count` business days before a day; the day itself for 0. */
export function businessDayBefore(date: string, count: number, exceptions: readonly DayException[] = []): string {
  let day = date;
  for (let left = count; left > 0; left--) day = search(plusDays(day, -1), -1, (one) => isBusinessDay(one, exceptions));
  return day;
}

/** 翌営業日中: the end of reception on the business day after the one on which something came in. (R043) */
export function endOfNextBusinessDay(instant: number, { closesAt, exceptions = [] }: BusinessHours): number {
  return instantOf(nextBusinessDay(dateAt(instant), exceptions), closesAt);
}

/**
 * The instant at which `minutes` of business time have gone by; what comes in outside the hours begins with the next
 * opening. Time that ends with the day ends at its closing, not at the next opening.
 * @param minutes 0 answers the instant itself within the hours, else the next opening
 */
export function afterBusinessMinutes(instant: number, minutes: number, hours: BusinessHours): number {
  const { opensAt, closesAt, exceptions = [] } = hours;
  let day = dateAt(instant);
  let from = instant;
  let left = minutes * MINUTE;
  for (;;) {
    if (isBusinessDay(day, exceptions)) {
      const start = Math.max(from, instantOf(day, opensAt));
      const end = instantOf(day, closesAt);
      if (start + left <= end) return start + left;
      left -= Math.max(0, end - start);
    }
    day = nextBusinessDay(day, exceptions);
    from = instantOf(day, opensAt);
  }
}

/** Business minutes from one instant to a later one, whole ones; negative when `to` is the earlier. */
export function businessMinutesBetween(from: number, to: number, hours: BusinessHours): number {
  if (to < from) return -businessMinutesBetween(to, from, hours);
  const { opensAt, closesAt, exceptions = [] } = hours;
  const last = dateAt(to);
  let sum = 0;
  for (let day = dateAt(from); day <= last; day = plusDays(day, 1)) {
    if (!isBusinessDay(day, exceptions)) continue;
    const start = Math.max(from, instantOf(day, opensAt));
    sum += Math.max(0, Math.min(to, instantOf(day, closesAt)) - start);
  }
  return Math.floor(sum / MINUTE);
}
