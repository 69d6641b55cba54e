import { describe, expect, test } from '@jest/globals';
import { dateAt, instantOf, timeAt } from '#calendar/civil-time.js';
import { callBy, lapsesFrom } from './lapsing.policy.js';

const hours = { opensAt: '09:00', closesAt: '16:00' };
const dates = [
  { date: '2025-07-23', startsAt: '10:00', endsAt: '12:00' },
  { date: '2025-07-30', startsAt: '10:00', endsAt: '12:00' },
];
const shown = (instant: number) => `${dateAt(instant)} ${timeAt(instant)}`;

describe('a call-back ends by itself', () => {
  test('a wish and a contact list when the first class begins (§8.15)', () => {
    expect(shown(lapsesFrom('vacancyWish', dates, hours))).toBe('2025-07-23 10:00');
    expect(shown(lapsesFrom('contactList', dates, hours))).toBe('2025-07-23 10:00');
  });

  test('a returned notice two business days before it: 海の日 and the weekend do not count (§8.6)', () => {
    expect(shown(lapsesFrom('returnedMail', dates, hours))).toBe('2025-07-18 16:00');
  });
});

describe('people who have to be told of a change are called', () => {
  test.each([
    ['2025-07-17', '10:00', '2025-07-18 16:00'],
    // The class is on the next business day but one
    ['2025-07-18', '10:00', '2025-07-22 16:00'],
    ['2025-07-22', '10:00', '2025-07-22 12:00'],
  ])('on %s at %s by %s', (date, time, by) => {
    expect(shown(callBy(instantOf(date, time), dates, hours))).toBe(by);
  });

  test('by the end of the next business day when it is not known for which class', () => {
    expect(shown(callBy(instantOf('2025-07-18', '15:50'), undefined, hours))).toBe('2025-07-22 16:00');
  });
});
