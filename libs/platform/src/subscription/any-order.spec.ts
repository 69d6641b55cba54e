import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { countHeads, headCount, readHeadCount } from '../rehearsal/head-count.js';
import { interleavings, rowsOfEveryOrder, type Draft } from '../rehearsal/interleavings.js';
import { RehearsalConsumer } from '../rehearsal/rehearsal-consumer.js';
import { readRoster, roster } from '../rehearsal/roster.js';

let consumer: RehearsalConsumer;
beforeAll(async () => {
  consumer = await RehearsalConsumer.make();
});
afterAll(() => consumer.close());

const inSession = (sessionId: string, type: string, data: object): Draft => ({
  stream: `class-session-${sessionId}`,
  type,
  data: { sessionId, ...data },
});
const move = (reservationId: string, reservationRevision: number, fromSessionId: string, toSessionId: string) => {
  const data = { reservationId, reservationRevision, moveId: `m${reservationRevision}`, fromSessionId, toSessionId };
  const half = (session: string, type: string): Draft => ({ stream: `class-session-${session}`, type, data });
  return [half(fromSessionId, 'ReservationMovedOut'), half(toSessionId, 'ReservationMovedIn')] as const;
};

// One goes from a to b, back and is cancelled there; another goes from b to a
const [firstOut, firstIn] = move('r1', 2, 'a', 'b');
const [backOut, backIn] = move('r1', 3, 'b', 'a');
const [otherOut, otherIn] = move('r2', 2, 'b', 'a');
const made = (sessionId: string, reservationId: string) =>
  inSession(sessionId, 'ReservationMade', { reservationId, reservationRevision: 1 });
const cancelled = inSession('a', 'ReservationCancelled', { reservationId: 'r1', reservationRevision: 4 });
const a = [made('a', 'r1'), firstOut, backIn, cancelled, otherIn];
const b = [made('b', 'r2'), firstIn, backOut, otherOut];

describe('the two halves of a move arrive in any order', () => {
  test('and every order is tried', () => {
    const orders = [...interleavings(['a1', 'a2'], ['b1', 'b2'])].map((order) => order.join(' '));
    expect(orders.toSorted()).toEqual([
      'a1 a2 b1 b2',
      'a1 b1 a2 b2',
      'a1 b1 b2 a2',
      'b1 a1 a2 b2',
      'b1 a1 b2 a2',
      'b1 b2 a1 a2',
    ]);
    expect([...interleavings(a, b)]).toHaveLength(126);
  });

  test('and a roster that heeds revisions ends the same after each', async () => {
    const outcomes = await rowsOfEveryOrder(consumer, roster(), [a, b], ({ pool }) => readRoster(pool));
    expect(outcomes).toHaveLength(126);
    for (const outcome of outcomes) {
      expect(outcome).toEqual([
        { reservationId: 'r1', revision: 4, sessionId: null },
        { reservationId: 'r2', revision: 2, sessionId: 'a' },
      ]);
    }
  });

  test('and one in which the last word wins does not: the orders tell the two apart', async () => {
    const forgetful = roster(false);
    const outcomes = await rowsOfEveryOrder(consumer, forgetful, [a, b], ({ pool }) => readRoster(pool));
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBeGreaterThan(1);
  });

  test('and a sum over each stream is the same after each', async () => {
    const seat = (session: string, type: string): Draft => inSession(session, type, { person: 'p' });
    const partitions = [
      [seat('a', 'Reserved'), seat('a', 'Cancelled'), seat('a', 'Reserved')],
      [seat('b', 'Reserved'), seat('b', 'Cancelled')],
    ] as const;
    const outcomes = await rowsOfEveryOrder(consumer, headCount(), partitions, ({ pool }) => readHeadCount(pool));
    for (const outcome of outcomes) expect(outcome).toEqual(countHeads(partitions.flat()));
  });
});
