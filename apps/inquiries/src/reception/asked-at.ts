import { Refusal } from '#kernel/refusal.js';

/**
 * When something came in, as events hold it: now, or the time that stands on a paper form.
 * @param now epoch milliseconds
 * @throws Refusal `not-yet-received` 400 for a time to come
 */
export function askedAt(said: string | undefined, now: number): string {
  if (said === undefined) return new Date(now).toISOString();
  if (Date.parse(said) > now) {
    throw new Refusal('not-yet-received', 'invalid', 'It cannot have come in later than now.');
  }
  return said;
}
