import { businessDays, isBusinessDay, type DayException } from './business-days.js';
import { dateAt, instantOf } from './civil-time.js';

/** 受付期間 and 受付時間 of a term, as it was planned. (R023, R026) */
export interface Reception {
  readonly from: string;
  readonly to: string;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly exceptions: readonly DayException[];
}

/**
 * Whether the telephones are open at an instant: from the opening to the second before closing, on the days of reception.
 * A call that came in while they were open is in hours to its end (§8.18), so ask for the instant it reached the queue.
 */
export function isReceiving({ from, to, opensAt, closesAt, exceptions }: Reception, instant: number): boolean {
  const date = dateAt(instant);
  if (date < from || date > to || !isBusinessDay(date, exceptions)) return false;
  return instant >= instantOf(date, opensAt) && instant < instantOf(date, closesAt);
}

/** The times of reception, day by day; instants in epoch milliseconds, `closes` is the first one outside. */
export function receptionWindows(reception: Reception): { readonly date: string; opens: number; closes: number }[] {
  return businessDays(reception.from, reception.to, reception.exceptions).map((date) => ({
    date,
    opens: instantOf(date, reception.opensAt),
    closes: instantOf(date, reception.closesAt),
  }));
}
