import { isBusinessDay } from './business-days.js';
import { plusDays } from './civil-time.js';
import { deliveryDayBy, deliveryDayFrom, search } from './delivery-days.js';
import { dayText } from './japanese-date.js';
import type { PostingSettings } from './posting-settings.js';

/** What is asked for: the class, and the window in which notices are posted at all (R025). */
export interface PostingCase {
  readonly classDate: string;
  readonly dispatchWindow?: { readonly from: string; readonly to: string };
  /** Where the notice goes; the slowest way counts while it is unknown. */
  readonly postalCode?: string;
}

/** The dates of a notice, computed back from the class. (R021, requirements §4.5) */
export interface PostingPlan {
  /** お届け期限: the last delivery day about a week before the class. */
  readonly arriveBy: string;
  /** 差出期限. */
  readonly postBy: string;
  readonly approveBy: string;
  /** 通知締切: bookings up to its end are in the batch of `postBy`. It closes no booking. */
  readonly freeze: string;
  /** Why each is the day it is, in Japanese, in the order of the fields. */
  readonly reasons: readonly string[];
}

/** @throws RangeError when exceptions close every day */
export function postingPlan(asked: PostingCase, settings: PostingSettings): PostingPlan {
  const { classDate, dispatchWindow } = asked;
  const ahead = plusDays(classDate, -settings.daysAhead);
  const arriveBy = deliveryDayBy(ahead, settings.deliveryDays);
  const isOpen = (day: string) => isBusinessDay(day, settings.deskDays);
  const inTime = search(arriveBy, -1, (day) => isOpen(day) && deliveredOn(day, asked, settings) <= arriveBy);
  const windowEnd = dispatchWindow && lastPostingDay(dispatchWindow.to, settings);
  const postBy = windowEnd !== undefined && windowEnd < inTime ? windowEnd : inTime;
  const approveBy = businessDaysBefore(postBy, settings.approveAhead, settings);
  const freeze = businessDaysBefore(postBy, settings.freezeAhead, settings);
  const reasons = [
    `お届け期限${dayText(arriveBy)}：受講日${dayText(classDate)}の${settings.daysAhead}日前${
      arriveBy === ahead ? '' : `（${dayText(ahead)}は配達のない日）までの最後の配達日`
    }`,
    postBy === inTime
      ? `差出期限${dayText(postBy)}：この日に差し出すと${dayText(deliveredOn(postBy, asked, settings))}に届く最後の営業日`
      : `差出期限${dayText(postBy)}：発送期間の最終営業日（期間がなければ${dayText(inTime)}）`,
    `承認期限${dayText(approveBy)}：差出期限の${settings.approveAhead}営業日前`,
    `通知締切${dayText(freeze)}：差出期限の${settings.freezeAhead}営業日前（受付は続けます）`,
  ];
  return { arriveBy, postBy, approveBy, freeze, reasons };
}

/** お届け見込み日 of what is posted on a day: lead and safety in calendar days, rolled on to a delivery day. */
export function deliveredOn(
  postedOn: string,
  { postalCode }: Pick<PostingCase, 'postalCode'>,
  settings: PostingSettings,
): string {
  const safety = settings.safety.filter(({ from, to }) => from <= postedOn && postedOn <= to);
  const more = Math.max(0, ...safety.map(({ days }) => days));
  return deliveryDayFrom(plusDays(postedOn, leadTo(postalCode, settings) + more), settings.deliveryDays);
}

/** The last business day of the window; the desk is closed on a window end like 12/31. */
export function lastPostingDay(windowEnd: string, { deskDays }: PostingSettings): string {
  return search(windowEnd, -1, (day) => isBusinessDay(day, deskDays));
}

/** 0 is the day itself. */
export function businessDaysBefore(day: string, count: number, { deskDays }: PostingSettings): string {
  let before = day;
  for (let left = count; left > 0; left--) {
    before = search(plusDays(before, -1), -1, (one) => isBusinessDay(one, deskDays));
  }
  return before;
}

function leadTo(postalCode: string | undefined, { offices }: PostingSettings): number {
  const { leads } = offices[0];
  if (postalCode === undefined) return Math.max(...leads.map(({ days }) => days));
  const fitting = leads.filter(({ destination }) => postalCode.startsWith(destination));
  const nearest = fitting.toSorted((a, b) => b.destination.length - a.destination.length)[0];
  return nearest?.days ?? Math.max(...leads.map(({ days }) => days));
}
