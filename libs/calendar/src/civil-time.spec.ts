import { describe, expect, test } from '@jest/globals';
import { dateAt, daysBetween, instantOf, isDate, plusDays, timeAt, weekdayOf } from './civil-time.js';

describe('civil time in Tokyo', () => {
  test('the day changes at 15:00 UTC', () => {
    expect(dateAt(Date.parse('2026-12-31T14:59:59.999Z'))).toBe('2026-12-31');
    expect(dateAt(Date.parse('2026-12-31T15:00:00Z'))).toBe('2027-01-01');
    expect(timeAt(Date.parse('2026-12-31T15:00:00Z'))).toBe('00:00');
  });

  test('a class at ten begins at one in the night, UTC', () => {
    expect(new Date(instantOf('2026-08-05', '10:00')).toISOString()).toBe('2026-08-05T01:00:00.000Z');
  });

  test('a date that does not exist is none', () => {
    for (const no of [
      '2026-02-29',
      '2026-13-01',
      '2026-00-10',
      '2026-04-31',
      '26-04-01',
      '2026-4-1',
      '',
      '9999-12-31',
      '1919-12-31',
    ]) {
      expect([no, isDate(no)]).toEqual([no, false]);
    }
    expect(isDate('2028-02-29')).toBe(true);
  });

  test('days are counted over months and years', () => {
    expect(plusDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(plusDays('2027-01-01', -1)).toBe('2026-12-31');
    expect(daysBetween('2026-12-28', '2027-01-04')).toBe(7);
    expect(weekdayOf('2026-11-23')).toBe(1);
  });
});
