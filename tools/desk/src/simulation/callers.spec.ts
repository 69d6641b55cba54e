import { describe, expect, test } from '@jest/globals';
import { planCalls } from './callers.js';
import { townsOfSapporo } from './towns.js';

const calls = planCalls(450, 8, 1);
const share = (part: readonly unknown[], whole: readonly unknown[]) => part.length / whole.length;

describe('the callers of a reception', () => {
  test('are the same for the same seed, and others for another', () => {
    expect(planCalls(450, 8, 1)).toEqual(calls);
    expect(planCalls(450, 8, 2)).not.toEqual(calls);
  });

  test('arrive as table 2 tells: 70 % on the first day, and of every day 30 % in its first hour', () => {
    const [first, rest] = [calls.filter(({ day }) => day === 1), calls.filter(({ day }) => day > 1)];
    expect(share(first, calls)).toBeCloseTo(0.7, 2);
    expect(new Set(rest.map(({ day }) => day)).size).toBe(9);
    expect(
      share(
        first.filter(({ second }) => second < 3_600),
        first,
      ),
    ).toBeCloseTo(0.3, 2);
    const places = calls.map(({ day, second }) => day * 100_000 + second);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test('live in real towns of the city, in every ward, each with the postcode of the town', () => {
    const towns = townsOfSapporo();
    expect([towns.length > 800, new Set(towns.map(({ ward }) => ward)).size]).toEqual([true, 10]);
    const known = new Set(towns.map(({ postalCode, ward, town }) => `${postalCode} ${ward} ${town}`));
    expect(known).toContain('0010024 北区 北二十四条西');
    const homes = calls.flatMap(({ caller }) => caller.applicants).filter(({ postalCode }) => postalCode !== undefined);
    expect(homes.filter(({ postalCode, ward, town }) => !known.has(`${postalCode} ${ward} ${town}`))).toEqual([]);
  });

  test('have names that programs stumble over, come in pairs, for a parent, call again and hang up', () => {
    const text = JSON.stringify(calls);
    for (const name of ['髙﨑', '𠮷野', '渡邉', 'ﾞ']) expect(text).toContain(name);
    const purposes = new Set(calls.map(({ purpose }) => purpose));
    expect([...purposes].toSorted()).toEqual(['again', 'ask', 'book', 'cancel', 'hangUp', 'move']);
    expect(calls.some(({ caller }) => caller.applicants.length === 2)).toBe(true);
    expect(calls.some(({ caller }) => caller.proxy !== undefined)).toBe(true);
    // Whoever calls again has called long enough before, and was answered
    const again = calls.filter(({ about }) => about !== undefined);
    expect(again.every(({ nth, about }) => about! <= nth - 20 && !calls[about!]!.abandoned)).toBe(true);
  });

  test('wait longer and hang up more often when fewer answer', () => {
    const gone = (seats: number) => planCalls(450, seats, 1).filter(({ abandoned }) => abandoned).length;
    expect([gone(3) > gone(8), gone(50)]).toEqual([true, 0]);
  });
});
