import type { PlannedTerm } from '../plan/plan.row.js';
import type { Row } from '../query/query.js';
import { hoursOf, openDaysOf } from '../report/report-terms.js';
import type { OpenTerm, PastDay } from './forecast.policy.js';

/** What the desk has seen, a day each, from rows of `calls-by-slot`. */
export function pastDaysOf(rows: readonly Row[]): PastDay[] {
  const days = new Map<string, { date: string; offered: number; byHour: Map<number, number> }>();
  for (const row of rows) {
    const date = String(row['day']);
    const day = days.get(date) ?? { date, offered: 0, byHour: new Map<number, number>() };
    const hour = Number(String(row['slot']).slice(0, 2));
    const offered = Number(row['offered']);
    day.offered += offered;
    day.byHour.set(hour, (day.byHour.get(hour) ?? 0) + offered);
    days.set(date, day);
  }
  return [...days.values()];
}

export function openTermOf(term: PlannedTerm): OpenTerm {
  return {
    termNo: term.termNo,
    openDays: openDaysOf(term),
    hours: hoursOf(term).map((hour) => Number(hour.slice(0, 2))),
  };
}
