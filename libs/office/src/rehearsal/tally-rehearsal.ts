import type { Tally } from '../report/tally.js';
import { CENTRE, EVENING, HOURS, SHARES, KPIS, SOURCES, counts, DAYS, LOADS } from './desk-figures.js';

export function tallyRehearsal(): Tally {
  return {
    termName: '第一期',
    from: '2025-07-11',
    until: '2025-07-25',
    categories: ['会場への行き方', '申込方法', '講座の内容', 'その他'],
    days: DAYS.map((date, index) => ({
      date,
      ...counts(LOADS[index]!),
      outOfHours: 10 - index,
      made: Math.round(LOADS[index]! * 0.5),
      moved: index % 3,
      cancelled: index % 2,
      inquiries: [12 + index, 9, index === 4 ? null : 6, 3],
    })),
    hours: DAYS.flatMap((date, day) =>
      HOURS.map((from, hour) => ({ date, from, seats: 6, ...counts(Math.round(LOADS[day]! * SHARES[hour]!)) })),
    ),
    kpis: KPIS,
    sources: SOURCES,
    author: CENTRE.organisation,
    at: EVENING,
  };
}
