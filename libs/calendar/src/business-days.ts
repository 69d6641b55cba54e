import holidays from '@holiday-jp/holiday_jp';
import { plusDays, weekdayOf } from './civil-time.js';

/** What the desk and the city agreed about a day, whatever the calendar says (R023, R053). */
export interface DayException {
  readonly date: string;
  readonly open: boolean;
}

/** 祝日 and 振替休日 by law; shipped, known up to 2050 (later equinoxes are forecasts). */
export function isHoliday(date: string): boolean {
  return Object.hasOwn(holidays.holidays, date);
}

/** 年末年始, 12/29 to 1/3: the city's offices are closed. (requirements §4.5) */
export function isYearEnd(date: string): boolean {
  const day = date.slice(5);
  return day >= '12-29' || day <= '01-03';
}

/** 営業日: no Saturday, Sunday, holiday or year-end, unless it was agreed otherwise. (R023) */
export function isBusinessDay(date: string, exceptions: readonly DayException[] = []): boolean {
  const agreed = exceptions.find((exception) => exception.date === date);
  if (agreed !== undefined) return agreed.open;
  const weekday = weekdayOf(date);
  return weekday !== 0 && weekday !== 6 && !isHoliday(date) && !isYearEnd(date);
}

/** 開設日 of a period, both ends included: what the specification counts. (R023, R025) */
export function businessDays(from: string, to: string, exceptions: readonly DayException[] = []): string[] {
  const days: string[] = [];
  for (let date = from; date <= to; date = plusDays(date, 1)) if (isBusinessDay(date, exceptions)) days.push(date);
  return days;
}
