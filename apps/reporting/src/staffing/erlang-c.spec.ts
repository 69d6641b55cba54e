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

/**
 * The probability of waiting by its definition, over the common denominator of all terms of the sum: with traffic a/b and n seats
 * the k-th term times n!·b^n is a^k·b^(n-k)·n!/k!. @returns to fifteen places
 */
function exactWaiting(a: number, b: number, seats: number): number {
  const [traffic, unit, n] = [BigInt(a), BigInt(b), BigInt(seats)];
  let sum = 0n;
  for (let k = 0n, falling = factorial(n); k < n; k++) {
    sum += traffic ** k * unit ** (n - k) * falling;
    falling /= k + 1n;
  }
  // The last term, a^n, times n/(n - a/b) = n·b/(n·b - a); all over that denominator
  const queued = traffic ** n * n * unit;
  const all = sum * (n * unit - traffic) + queued;
  return Number((queued * 10n ** 30n) / all) / 1e30;
}

function factorial(n: bigint): bigint {
  return n < 2n ? 1n : n * factorial(n - 1n);
}

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

  test('agrees with what two other packages publish of 100 calls of 3 minutes in half an hour', () => {
    // https://pypi.org/project/pyworkforce/0.1.0/: raw_positions, service_level, occupancy, waiting_probability;
    // the mean wait: README of the R package ErlangC 0.1.0, https://rdocumentation.org/packages/ErlangC/versions/0.1.0
    const service = seatsFor({ calls: 100, minutes: 30, aht: 180 }, 0.8, 20);
    expect(service.seats).toBe(14);
    expect(service.serviceLevel).toBeCloseTo(0.8883500191794669, 12);
    expect(service.occupancy).toBeCloseTo(0.7142857142857143, 12);
    expect(service.waiting).toBeCloseTo(0.1741319335950498, 12);
    expect(service.meanWait).toBeCloseTo(7.83593701177724, 10);
  });

  test('agrees with the sum itself in whole numbers, where nothing is rounded: from one seat to five hundred', () => {
    const loads = [{ calls: 1, seats: 1 }, { calls: 135, seats: 15 }, { calls: 450, seats: 60 }, { calls: 5_900, seats: 500 }]; // prettier-ignore
    for (const { calls, seats } of loads) {
      const { waiting } = serviceWith({ calls, minutes: 60, aht: 300 }, seats, 20);
      expect(Math.abs(waiting / exactWaiting(calls * 300, 3_600, seats) - 1)).toBeLessThan(1e-9);
    }
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
