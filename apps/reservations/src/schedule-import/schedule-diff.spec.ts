import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { idFrom } from '#kernel/ids.js';
import type { SessionPlan } from '../class-session/class-session.commands.js';
import { changesNothing, scheduleDiff, type PlannedRow, type Standing } from './schedule-diff.js';

const named = (name: string) => idFrom('b8a5f7a4-5f0e-4d6c-9d53-5d2b6d0a7c11', name);
const everything = { eventCode: true, receptionStartsAt: true };
const nothingMore = { eventCode: false, receptionStartsAt: false };

function planOf(code: string, more: Partial<SessionPlan> = {}): SessionPlan {
  return {
    ...{ sessionId: named(code), sessionCode: code, termId: named('term') },
    ...{ courseId: named('course'), venueId: named('venue'), capacity: 20 },
    dates: [{ date: '2026-08-05', startsAt: '10:00', endsAt: '12:00' }],
    ...more,
  };
}

function rowsOf(plans: readonly SessionPlan[]): PlannedRow[] {
  return plans.map((plan, nth) => {
    const cells = { sessionCode: `A${nth + 2}`, eventCode: '', course: '', venue: '', capacity: '', date: '' };
    const { sessionCode, dates, capacity } = plan;
    return { plan, row: { ...{ row: nth + 2, cells, course: '', venue: '' }, sessionCode, dates, capacity } };
  });
}

const standing = (plan?: SessionPlan, booked = 0, state: Standing['state'] = 'open'): Standing => ({
  ...{ plan, booked, state },
});
const diff = (plans: readonly SessionPlan[], says: typeof everything, ...there: readonly Standing[]) =>
  scheduleDiff(rowsOf(plans), says, (id) => there.find(({ plan }) => plan?.sessionId === id) ?? standing());

describe('what the list changes', () => {
  test('a session that is not there is added; one that is the same is let be', () => {
    const { added, changed, unchanged } = diff([planOf('A'), planOf('B')], everything, standing(planOf('A'), 5));
    expect([added.map(({ plan }) => plan.sessionCode), changed, unchanged]).toEqual([['B'], [], 1]);
  });

  test.each<[string, Partial<SessionPlan>, number]>([
    ['the day', { dates: [{ date: '2026-08-06', startsAt: '10:00', endsAt: '12:00' }] }, 7],
    ['the time', { dates: [{ date: '2026-08-05', startsAt: '10:30', endsAt: '12:00' }] }, 7],
    ['the venue', { venueId: named('elsewhere') }, 7],
    ['a capacity below what is booked', { capacity: 6 }, 7],
    ['a capacity that is enough', { capacity: 7 }, 0],
    ['the course', { courseId: named('other') }, 0],
  ])('%s touches those who are booked, or does not', (_, change, bookings) => {
    const result = diff([planOf('A', change)], everything, standing(planOf('A'), 7));
    expect([result.changed.length, result.bookings]).toEqual([1, bookings]);
  });

  test('what the list has no column for stays as it was entered by hand', () => {
    const byHand = planOf('A', {
      eventCode: 'S',
      dates: [{ date: '2026-08-05', startsAt: '10:00', endsAt: '12:00', receptionStartsAt: '09:45' }],
    });
    expect(diff([planOf('A')], nothingMore, standing(byHand)).unchanged).toBe(1);
    expect(diff([planOf('A')], everything, standing(byHand)).changed[0]!.changed).toEqual(['eventCode', 'dates']);
    const moved = planOf('A', { dates: [{ date: '2026-08-06', startsAt: '13:00', endsAt: '15:00' }] });
    expect(diff([moved], nothingMore, standing(byHand)).changed[0]!.plan.dates).toEqual(moved.dates);
  });

  test('a session that was called off may stand in the list as it was, not otherwise', () => {
    const calledOff = standing(planOf('A'), 3, 'calledOff');
    expect(diff([planOf('A')], everything, calledOff)).toMatchObject({ unchanged: 1, problems: [] });
    expect(diff([planOf('A', { capacity: 1 })], everything, calledOff).problems).toMatchObject([{ cell: 'A2' }]);
  });

  test('the hash names what happens: plans and bookings, not the order of rows', () => {
    const there = [standing(planOf('A'), 2)];
    const [a, b] = [planOf('A', { capacity: 1 }), planOf('B')];
    const { hash } = diff([a, b], everything, ...there);
    expect(diff([b, a], everything, ...there).hash).toBe(hash);
    const others = [
      diff([a], everything, ...there),
      diff([planOf('A', { capacity: 0 }), b], everything, ...there),
      diff([a, planOf('B', { capacity: 1 })], everything, ...there),
      diff([a, b], everything, standing(planOf('A'), 3)),
    ];
    for (const other of others) expect(other.hash).not.toBe(hash);
  });

  test('whatever the list and whatever is there, the same list again changes nothing', () => {
    const plan = fc
      .record({ code: fc.constantFrom('A', 'B', 'C'), capacity: fc.nat(3), day: fc.integer({ min: 1, max: 3 }) })
      .map(({ code, capacity, day }) =>
        planOf(code, { capacity, dates: [{ date: `2026-08-0${day}`, startsAt: '10:00', endsAt: '12:00' }] }),
      );
    const plans = fc.uniqueArray(plan, { selector: ({ sessionId }) => sessionId });
    fc.assert(
      fc.property(plans, plans, (listed, present) => {
        const first = diff(listed, everything, ...present.map((one) => standing(one, 1)));
        const then = new Map(present.map((one) => [one.sessionId, one]));
        for (const { plan: next } of [...first.added, ...first.changed]) then.set(next.sessionId, next);
        expect(changesNothing(diff(listed, everything, ...[...then.values()].map((one) => standing(one, 1))))).toBe(
          true,
        );
      }),
    );
  });
});
