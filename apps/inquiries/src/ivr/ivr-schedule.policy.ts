import { dateAt, instantOf, plusDays } from '#calendar/civil-time.js';
import { receptionWindows, type Reception } from '#calendar/reception.js';

/** A term as the telephone system has to know it. */
export interface IvrTerm {
  readonly termId: string;
  readonly title: string;
  readonly reception: Reception;
}

/**
 * What a caller hears. `closedToday`: the telephones open later today or were open; `dayOff`: closed today, within the period
 * of reception; `outOfPeriod`: no reception is under way. (R033)
 */
export type IvrState = 'open' | 'closedToday' | 'dayOff' | 'outOfPeriod';

/** A stretch of time in which every caller hears the same; instants in epoch milliseconds, `to` is the first one after. */
export interface IvrStretch {
  readonly from: number;
  readonly to: number;
  readonly state: IvrState;
  readonly termId?: string;
  /** When the telephones open next, if that is known. */
  readonly nextOpening?: number;
}

/**
 * What callers hear from a day to another, both included; every instant is in exactly one stretch. The windows are those of
 * `receptionWindows`, by which calls are counted too.
 */
export function ivrSchedule(terms: readonly IvrTerm[], from: string, to: string): IvrStretch[] {
  const windows = openWindows(terms);
  const stretches: IvrStretch[] = [];
  const end = instantOf(plusDays(to, 1), '00:00');
  for (let date = from; date <= to; date = plusDays(date, 1)) {
    const dayEnd = instantOf(plusDays(date, 1), '00:00');
    let at = instantOf(date, '00:00');
    const closed = closedStateOf(terms, windows, date);
    for (const window of windows.filter((one) => one.opens < dayEnd && one.closes > at)) {
      if (window.opens > at) stretches.push({ from: at, to: window.opens, state: closed });
      stretches.push({ from: window.opens, to: window.closes, state: 'open', termId: window.termId });
      at = window.closes;
    }
    if (at < dayEnd) stretches.push({ from: at, to: Math.min(dayEnd, end), state: closed });
  }
  return joined(stretches).map((stretch) => {
    const next = stretch.state === 'open' ? undefined : windows.find(({ opens }) => opens >= stretch.to);
    return { ...stretch, ...(next && { nextOpening: next.opens }) };
  });
}

export interface OpenWindow {
  readonly opens: number;
  readonly closes: number;
  readonly termId: string;
}

/** In order; where two terms are open at once, the telephones are open once. */
export function openWindows(terms: readonly IvrTerm[]): OpenWindow[] {
  const all = terms
    .flatMap(({ termId, reception }) =>
      receptionWindows(reception).map(({ opens, closes }) => ({ opens, closes, termId })),
    )
    .toSorted((a, b) => a.opens - b.opens);
  const merged: OpenWindow[] = [];
  for (const window of all) {
    const last = merged.at(-1);
    if (last !== undefined && window.opens < last.closes) {
      merged[merged.length - 1] = { ...last, closes: Math.max(last.closes, window.closes) };
    } else merged.push(window);
  }
  return merged;
}

function closedStateOf(terms: readonly IvrTerm[], windows: readonly OpenWindow[], date: string): IvrState {
  if (windows.some(({ opens }) => dateAt(opens) === date)) return 'closedToday';
  const isInPeriod = terms.some(({ reception }) => date >= reception.from && date <= reception.to);
  return isInPeriod ? 'dayOff' : 'outOfPeriod';
}

function joined(stretches: readonly IvrStretch[]): IvrStretch[] {
  const all: IvrStretch[] = [];
  for (const stretch of stretches) {
    const last = all.at(-1);
    if (last !== undefined && last.state === stretch.state && last.to === stretch.from && stretch.state !== 'open') {
      all[all.length - 1] = { ...last, to: stretch.to };
    } else all.push(stretch);
  }
  return all;
}
