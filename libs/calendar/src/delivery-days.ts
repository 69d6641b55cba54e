import { isHoliday, type DayException } from './business-days.js';
import { plusDays, weekdayOf } from './civil-time.js';

/** 配達日 of ordinary mail: no Saturday, Sunday, holiday, 1/1 to 1/3; 12/29 to 12/31 are ones. (requirements §4.5) */
export function isDeliveryDay(date: string, exceptions: readonly DayException[] = []): boolean {
  const agreed = exceptions.find((exception) => exception.date === date);
  if (agreed !== undefined) return agreed.open;
  const weekday = weekdayOf(date);
  return weekday !== 0 && weekday !== 6 && !isHoliday(date) && !isNewYear(date);
}

/** The first delivery day that is not before `date`. */
export function deliveryDayFrom(date: string, exceptions: readonly DayException[] = []): string {
  return search(date, 1, (day) => isDeliveryDay(day, exceptions));
}

/** The last delivery day that is not after `date`. */
export function deliveryDayBy(date: string, exceptions: readonly DayException[] = []): string {
  return search(date, -1, (day) => isDeliveryDay(day, exceptions));
}

/** The longest that either calendar can be closed at a stretch, by whatever exceptions. */
const AT_MOST_CLOSED = 400;

/**
 * The nearest day that fits, `date` itself included.
 * @throws RangeError when none within 400 days does: the exceptions close everything
 */
export function search(date: string, step: 1 | -1, fits: (day: string) => boolean): string {
  let day = date;
  for (let tried = 0; tried < AT_MOST_CLOSED; tried++, day = plusDays(day, step)) if (fits(day)) return day;
  throw new RangeError(`No day within ${AT_MOST_CLOSED} days of ${date} is open.`);
}

function isNewYear(date: string): boolean {
  return date.slice(5) <= '01-03';
}
