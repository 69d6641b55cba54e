import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  afterBusinessMinutes,
  businessDayBefore,
  businessMinutesBetween,
  endOfNextBusinessDay,
  nextBusinessDay,
  type BusinessHours,
} from './business-hours.js';
import { dateAt, instantOf, timeAt } from './civil-time.js';

const hours: BusinessHours = { opensAt: '09:00', closesAt: '16:00' };
const at = (text: string) => instantOf(text.slice(0, 10), text.slice(11));
const shown = (instant: number) => `${dateAt(instant)} ${timeAt(instant)}`;
const after = (from: string, minutes: number, of = hours) => shown(afterBusinessMinutes(at(from), minutes, of));

describe('by the end of the next business day (R043)', () => {
  test.each([
    // 7/21 is 海の日: acceptance scenario E
    ['2025-07-18 15:50', '2025-07-22 16:00'],
    ['2025-07-22 09:00', '2025-07-23 16:00'],
    // A letter that came on a Sunday
    ['2025-07-20 12:00', '2025-07-22 16:00'],
    ['2025-12-26 10:00', '2026-01-05 16:00'],
    ['2025-07-18 23:59', '2025-07-22 16:00'],
  ])('what came in on %s is due on %s', (from, due) => {
    expect(shown(endOfNextBusinessDay(at(from), hours))).toBe(due);
  });

  test('a day that was agreed to be open is a business day', () => {
    const exceptions = [{ date: '2025-07-21', open: true }];
    expect(shown(endOfNextBusinessDay(at('2025-07-18 15:50'), { ...hours, exceptions }))).toBe('2025-07-21 16:00');
  });

  test('days are counted back over weekends and holidays', () => {
    expect(businessDayBefore('2025-07-23', 2)).toBe('2025-07-18');
    expect(businessDayBefore('2025-07-23', 0)).toBe('2025-07-23');
    expect(nextBusinessDay('2025-12-26')).toBe('2026-01-05');
  });
});

describe('minutes of business time', () => {
  test.each([
    ['2025-07-18 10:00', 60, '2025-07-18 11:00'],
    ['2025-07-18 15:50', 20, '2025-07-22 09:10'],
    ['2025-07-18 15:50', 10, '2025-07-18 16:00'],
    ['2025-07-18 07:00', 30, '2025-07-18 09:30'],
    ['2025-07-18 16:00', 30, '2025-07-22 09:30'],
    ['2025-07-19 12:00', 30, '2025-07-22 09:30'],
    ['2025-07-18 09:00', 420 + 60, '2025-07-22 10:00'],
    ['2025-07-18 20:00', 0, '2025-07-22 09:00'],
  ])('%s and %i minutes is %s', (from, minutes, to) => {
    expect(after(from, minutes)).toBe(to);
  });

  test('from Friday afternoon to Tuesday morning are twenty of them', () => {
    expect(businessMinutesBetween(at('2025-07-18 15:50'), at('2025-07-22 09:10'), hours)).toBe(20);
    expect(businessMinutesBetween(at('2025-07-22 09:10'), at('2025-07-18 15:50'), hours)).toBe(-20);
    expect(businessMinutesBetween(at('2025-07-19 00:00'), at('2025-07-21 23:00'), hours)).toBe(0);
  });

  test('for any instant and any span, counting back gives the span, and the end lies in the hours', () => {
    const instants = fc.integer({ min: at('2025-04-01 00:00') / 60_000, max: at('2027-03-31 00:00') / 60_000 });
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 5_000 }), (minute, span) => {
        const end = afterBusinessMinutes(minute * 60_000, span, hours);
        expect(businessMinutesBetween(minute * 60_000, end, hours)).toBe(span);
        expect(timeAt(end) >= '09:00' && timeAt(end) <= '16:00').toBe(true);
      }),
    );
  });
});
