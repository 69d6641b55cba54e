import {
  afterBusinessMinutes,
  businessDayBefore,
  endOfNextBusinessDay,
  type BusinessHours,
} from '#calendar/business-hours.js';
import { dateAt, instantOf } from '#calendar/civil-time.js';
import type { PlannedSession } from '#plan/plan.row.js';
import type { CallbackCause } from './callback.js';

type Dates = PlannedSession['plan']['dates'];

/** When the class begins, by its first date; epoch milliseconds. */
export function classStart([first]: Dates): number {
  return instantOf(first!.date, first!.startsAt);
}

/**
 * When a call-back ends by itself: a wish and a contact list when the class begins (§8.15), a returned notice at the end of the
 * second business day before it: from then on the person is told at the venue (§8.6).
 */
export function lapsesFrom(cause: CallbackCause, dates: Dates, { closesAt, exceptions = [] }: BusinessHours): number {
  if (cause !== 'returnedMail') return classStart(dates);
  return instantOf(businessDayBefore(dates[0]!.date, 2, exceptions), closesAt);
}

/** Business minutes in which people are called whose class is about to begin, or who were promised it. */
export const SOON = 120;
export const PROMISED = 60;

/**
 * By when people who have to be told of a change are called: by the end of the next business day, or within two hours when
 * the class comes before that. (§8.14, §8.6)
 */
export function callBy(now: number, dates: Dates | undefined, hours: BusinessHours): number {
  const usual = endOfNextBusinessDay(now, hours);
  const soon = dates !== undefined && dates[0]!.date <= dateAt(usual);
  return soon ? afterBusinessMinutes(now, SOON, hours) : usual;
}
