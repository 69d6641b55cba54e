import { idFrom } from '#kernel/ids.js';

// Ids of what the city names, made from that name: the same list read twice, or by two at once, gives the same ids.

const NAMES = '6f1d2c5e-8a3b-4f60-9d27-3f5a6c1e7b90';

export const termIdOf = (fiscalYear: number, termNo: number) =>
  idFrom(NAMES, 'term', String(fiscalYear), String(termNo));
/** @param nth of those that had the name one after the other */
export const venueIdOf = (name: string, nth: number) => idFrom(NAMES, 'venue', plainName(name), ...later(nth));
export const courseIdOf = (title: string, nth: number) => idFrom(NAMES, 'course', plainName(title), ...later(nth));
export const sessionIdOf = (termId: string, sessionCode: string) => idFrom(NAMES, 'session', termId, sessionCode);

/** One name however it is typed: half or full width, with or without blanks. */
export function plainName(name: string): string {
  return name.normalize('NFKC').replaceAll(/\s/g, '');
}

function later(nth: number): string[] {
  return nth === 1 ? [] : [String(nth)];
}
