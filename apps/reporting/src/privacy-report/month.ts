import { plusDays } from '#calendar/civil-time.js';
import { Refusal } from '#kernel/refusal.js';

/**
 * First and last day of a month that has begun.
 * @param month `2025-07`
 * @throws Refusal `not-found` for what is no month, `future-day` 409
 */
export function begunMonth(month: string, today: string): [from: string, to: string] {
  if (!/^20\d{2}-(0[1-9]|1[0-2])$/.test(month)) {
    throw new Refusal('not-found', 'not-found', 'There is no such month; write it as 2025-07.');
  }
  const [year, number] = month.split('-').map(Number) as [number, number];
  const next = new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
  const from = `${month}-01`;
  if (from > today) throw new Refusal('future-day', 'conflict', 'この月はまだ来ていません。', { month, today });
  return [from, plusDays(next, -1)];
}
