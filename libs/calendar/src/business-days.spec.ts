import { describe, expect, test } from '@jest/globals';
import { businessDays, isBusinessDay, isHoliday } from './business-days.js';

describe('business days of the desk', () => {
  test('each term of the specification has exactly ten days (R023)', () => {
    expect(businessDays('2025-07-11', '2025-07-25').map((day) => day.slice(8))).toEqual(
      ['11', '14', '15', '16', '17', '18', '22', '23', '24', '25'], // 7/21 is 海の日
    );
    expect(businessDays('2025-09-11', '2025-09-26')).toHaveLength(10);
    expect(businessDays('2025-12-11', '2025-12-24')).toHaveLength(10);
  });

  test('the dispatch windows have 14, 13 and 12 (R025)', () => {
    const windows = [
      ['2025-07-11', '2025-07-31'],
      ['2025-09-11', '2025-10-01'],
      ['2025-12-11', '2025-12-31'],
    ] as const;
    expect(windows.map(([from, to]) => businessDays(from, to).length)).toEqual([14, 13, 12]);
  });

  test('a day between two holidays is one, and a holiday on a Sunday is made up for', () => {
    expect(isHoliday('2026-09-22')).toBe(true);
    expect(isHoliday('2026-05-06')).toBe(true);
  });

  test('the year ends on the 28th and begins on the 4th', () => {
    expect(businessDays('2026-12-28', '2027-01-05')).toEqual(['2026-12-28', '2027-01-04', '2027-01-05']);
  });

  test('what was agreed with the city wins over the calendar', () => {
    expect(isBusinessDay('2025-07-21', [{ date: '2025-07-21', open: true }])).toBe(true);
    expect(isBusinessDay('2025-07-22', [{ date: '2025-07-22', open: false }])).toBe(false);
  });
});
