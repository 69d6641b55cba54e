import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MOST_SEATS, seatsFor, serviceWith, trafficOf } from './erlang-c.policy.js';

interface Vector {
  readonly calls: number;
  readonly minutes: number;
  readonly aht: number;
  readonly target: number;
  readonly seats: number;
  readonly serviceLevel: number;
  readonly occupancy: number;
  readonly waiting: number;
}

/** Answers of another program to the same questions; the file says which. */
const { vectors } = JSON.parse(
  readFileSync(join(process.cwd(), 'apps/reporting/src/staffing/erlang-c.vectors.json'), 'utf8'),
) as { vectors: readonly Vector[] };

describe('Erlang C', () => {
  test('answers what pyworkforce answers, to nine places', () => {
    expect(vectors).toHaveLength(100);
    for (const { calls, minutes, aht, target, seats, serviceLevel, occupancy, waiting } of vectors) {
      const service = seatsFor({ calls, minutes, aht }, target, 20);
      expect(service.seats).toBe(seats);
      expect(service.serviceLevel).toBeCloseTo(serviceLevel, 8);
      expect(service.occupancy).toBeCloseTo(occupancy, 8);
      expect(service.waiting).toBeCloseTo(waiting, 8);
    }
  });

  test('gives the seats of the requirements for every day and hour of its table (§5.3)', () => {
    const split = [0.3, 0.2, 0.14, 0.08, 0.1, 0.1, 0.08];
    const seats = (day: number) =>
      split.map((share) => seatsFor({ calls: day * share, minutes: 60, aht: 300 }, 0.8, 20).seats);
    expect(seats(450)).toEqual([15, 11, 8, 6, 6, 6, 6]);
    expect(seats(180)).toEqual([7, 6, 4, 3, 4, 4, 3]);
    expect(seats(100)).toEqual([5, 4, 3, 2, 3, 3, 2]);
    expect(seats(27)).toEqual([2, 2, 2, 1, 2, 2, 1]);
  });

  test('agrees with the worked example of the trade: 100 calls of 3 minutes in half an hour, 14 agents', () => {
    // Call Centre Helper, "Erlang C Formula – Made Simple With an Easy Worked Example"
    const service = seatsFor({ calls: 100, minutes: 30, aht: 180 }, 0.8, 20);
    expect(service.seats).toBe(14);
    expect(service.serviceLevel).toBeCloseTo(0.888, 3);
    expect(service.waiting).toBeCloseTo(0.174, 3);
    expect(service.occupancy).toBeCloseTo(0.714, 3);
    expect(service.meanWait).toBeCloseTo(7.8, 1);
  });

  test('needs nobody where nobody calls, and has no end of waiting where the traffic outgrows the seats', () => {
    expect(seatsFor({ calls: 0, minutes: 30, aht: 300 }, 0.8, 20)).toMatchObject({ seats: 0, serviceLevel: 1 });
    expect(serviceWith({ calls: 60, minutes: 60, aht: 300 }, 5, 20)).toMatchObject({
      ...{ serviceLevel: 0, occupancy: 1, meanWait: Number.POSITIVE_INFINITY },
    });
    expect(() => seatsFor({ calls: 1e6, minutes: 30, aht: 300 }, 0.8, 20)).toThrow(RangeError);
  });

  test('one seat fewer never does, and one more is never worse', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 400, noNaN: true }),
        fc.integer({ min: 30, max: 900 }),
        fc.double({ min: 0.5, max: 0.95, noNaN: true }),
        (calls, aht, target) => {
          const load = { calls, minutes: 30, aht };
          const { seats, serviceLevel } = seatsFor(load, target, 20);
          expect(seats).toBeLessThanOrEqual(MOST_SEATS);
          expect(serviceWith(load, seats - 1, 20).serviceLevel).toBeLessThan(target);
          expect(serviceWith(load, seats + 1, 20).serviceLevel).toBeGreaterThanOrEqual(serviceLevel);
          expect(trafficOf(load)).toBeLessThan(seats);
        },
      ),
    );
  });
});
