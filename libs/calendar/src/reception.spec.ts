import { describe, expect, test } from '@jest/globals';
import { isReceiving, receptionWindows, type Reception } from './reception.js';

const first: Reception = {
  ...{ from: '2025-07-11', to: '2025-07-25', opensAt: '09:00', closesAt: '16:00' },
  exceptions: [{ date: '2025-07-12', open: true }],
};
const tokyo = (text: string) => Date.parse(`${text}+09:00`);

describe('the telephones', () => {
  test.each([
    ['2025-07-11T08:59:59.999', false],
    ['2025-07-11T09:00:00.000', true],
    ['2025-07-11T15:59:59.999', true],
    ['2025-07-11T16:00:00.000', false],
    ['2025-07-12T10:00:00.000', true], // a Saturday, by agreement
    ['2025-07-13T10:00:00.000', false], // a Sunday
    ['2025-07-21T10:00:00.000', false], // 海の日
    ['2025-07-10T10:00:00.000', false],
    ['2025-07-25T15:59:59.000', true],
    ['2025-07-26T10:00:00.000', false],
  ])('at %s are open: %s', (instant, open) => {
    expect(isReceiving(first, tokyo(instant))).toBe(open);
  });

  test('have a window on each of the ten days of the first term, and on the day agreed beside them', () => {
    const windows = receptionWindows(first);
    expect(windows).toHaveLength(11);
    for (const { date, opens, closes } of windows) {
      expect([isReceiving(first, opens), isReceiving(first, opens - 1)]).toEqual([true, false]);
      expect([isReceiving(first, closes - 1), isReceiving(first, closes)]).toEqual([true, false]);
      expect(date).not.toBe('2025-07-21');
    }
  });
});
