import { describe, expect, test } from '@jest/globals';
import { clockText, dayText, eraDate, eraDay, eraMoment, fiscalYearName, fiscalYearOf } from './japanese-date.js';

describe('dates as the city writes them (§8.8)', () => {
  test('a card says era, weekday and time of day', () => {
    expect(eraMoment('2026-01-05', '10:00')).toBe('令和８年１月５日（月）午前10時00分');
    expect(eraMoment('2025-12-26', '13:30')).toBe('令和７年12月26日（金）午後1時30分');
  });

  test('in full and in half width too', () => {
    expect(eraMoment('2025-12-26', '09:05', 'full')).toBe('令和７年１２月２６日（金）午前９時０５分');
    expect(eraDay('2025-12-26', 'half')).toBe('令和7年12月26日（金）');
  });

  test('the first year of an era is 元年, from its first day on', () => {
    expect(eraDate('2019-04-30')).toBe('平成31年４月30日');
    expect(eraDate('2019-05-01')).toBe('令和元年５月１日');
    expect(eraDate('1989-01-07')).toBe('昭和64年１月７日');
    expect(eraDate('1989-01-08')).toBe('平成元年１月８日');
    expect(() => eraDate('1900-01-01')).toThrow(RangeError);
  });

  test('noon is in the afternoon, midnight in the morning', () => {
    expect([clockText('12:00'), clockText('00:15'), clockText('23:59')]).toEqual([
      '午後0時00分',
      '午前0時15分',
      '午後11時59分',
    ]);
  });

  test('the business year begins in April', () => {
    expect([fiscalYearOf('2026-03-31'), fiscalYearOf('2026-04-01')]).toEqual([2025, 2026]);
    expect([fiscalYearName('2026-03-31'), fiscalYearName('2026-04-01')]).toEqual(['令和7年度', '令和8年度']);
    expect(fiscalYearName('2019-04-15')).toBe('令和元年度');
  });

  test('a list of the desk is short', () => expect(dayText('2025-07-25')).toBe('7/25（金）'));
});
