import { describe, expect, test } from '@jest/globals';
import type { BoardSession } from '../seat-board/board-session.row.js';
import { alternativesTo, type Candidate, type Wish } from './alternatives.policy.js';
import { distanceBetween, wardCentreOf } from './origin.policy.js';

const kita = { latitude: 43.0907, longitude: 141.3408 };
/** About `km` to the north of 北区役所. */
const north = (km: number) => ({ latitude: kita.latitude + km / 111.195, longitude: kita.longitude });

type Options = Partial<BoardSession> & { at?: string; date?: string; km?: number; wheelchair?: boolean };
function candidate(
  name: string,
  { at = '10:00', date = '2026-08-05', km = 0, wheelchair, ...given }: Options = {},
): Candidate {
  const session: BoardSession = {
    ...{ sessionId: name, sessionCode: name, eventCode: null, termId: 't1' },
    ...{ courseId: 'スマホ', courseTitle: 'はじめてのスマホ', venueId: `at ${name}`, venueName: '', ward: '北区' },
    dates: [{ date, startsAt: at, endsAt: `${Number(at.slice(0, 2)) + 2}:00` }],
    ...{ capacity: 10, reserved: 4, held: 0, seatsLeft: 6, state: 'open', fullSince: null },
    ...given,
  };
  return { session, position: Number.isNaN(km) ? undefined : north(km), wheelchair };
}

const refused = candidate('refused', { seatsLeft: 0 });
const wish: Wish = {
  ...{ refused, now: '2026-07-20T09:00', seats: 1, wheelchair: false, busy: [] },
  origin: { position: kita, isRough: false },
};
const ranked = (candidates: Candidate[], changed: Partial<Wish> = {}) =>
  alternativesTo({ ...wish, ...changed }, [refused, ...candidates]).map(({ session }) => session.sessionId);

describe('what a caller is offered instead', () => {
  test('says why in words: the course, how far, how many days on, how many seats', () => {
    const [other] = alternativesTo(wish, [candidate('a', { km: 2.1, date: '2026-08-08' })]);
    expect(other).toMatchObject({ rank: 1, distanceKm: 2.1, reason: '同じ講座・2.1km・3日後・残り6席' });
    const reasons = alternativesTo({ ...wish, origin: { position: kita, isRough: true } }, [
      candidate('b', { venueId: 'at refused', courseId: 'LINE', date: '2026-08-04', seatsLeft: 1 }),
      candidate('c', { km: 4, courseId: 'LINE', at: '14:00' }),
      candidate('d', { km: Number.NaN }),
    ]).map(({ reason }) => reason);
    expect(reasons).toEqual([
      '別の講座・同じ会場・1日前・残り1席',
      '別の講座・約4.0km・同じ日・残り6席',
      '同じ講座・距離不明・同じ日・残り6席',
    ]);
  });

  test.each([
    ['nearness', candidate('good', { km: 1 }), candidate('bad', { km: 6 })],
    ['the course', candidate('good', { km: 3 }), candidate('bad', { km: 3, courseId: 'LINE' })],
    ['a date close by', candidate('good', { date: '2026-08-12' }), candidate('bad', { date: '2026-08-26' })],
    ['the half day', candidate('good', { at: '09:00' }), candidate('bad', { at: '14:00' })],
    ['the weekday', candidate('good', { date: '2026-08-12' }), candidate('bad', { date: '2026-08-13' })],
    ['room', candidate('good', { seatsLeft: 9 }), candidate('bad', { seatsLeft: 1 })],
    ['a venue that is on the map', candidate('good', { km: 20 }), candidate('bad', { km: Number.NaN })],
  ])('is better for %s', (_, good, bad) => {
    expect(ranked([bad, good])).toEqual(['good', 'bad']);
    expect(ranked([good, bad])).toEqual(['good', 'bad']);
  });

  test.each([
    ['closed', candidate('x', { state: 'closed' })],
    ['called off', candidate('x', { state: 'calledOff' })],
    ['stale', candidate('x', { state: 'stale' })],
    ['too small', candidate('x', { seatsLeft: 1 })],
    ['past', candidate('x', { date: '2026-07-20', at: '09:00' })],
    ['in the way of another booking', candidate('x', { date: '2026-08-06', at: '11:00' })],
    [
      'in the way of another booking on its second date',
      candidate('x', {
        dates: [
          { date: '2026-08-01', startsAt: '10:00', endsAt: '12:00' },
          { date: '2026-08-06', startsAt: '09:00', endsAt: '10:30' },
        ],
      }),
    ],
    ['not known to be step-free', candidate('x')],
    ['known to have steps', candidate('x', { wheelchair: false })],
  ])('never is %s', (why, bad) => {
    const busy = [[{ date: '2026-08-06', startsAt: '10:00', endsAt: '12:00' }]];
    const wheelchair = why.includes('step');
    const fits = candidate('fits', { wheelchair: true, date: '2026-08-06', at: '12:00' });
    expect(ranked([bad, fits], { seats: 2, busy, wheelchair })).toEqual(['fits']);
  });

  test('of a consultation day is another slot of that day first, however far the rest is ahead', () => {
    const slot = candidate('refused', { eventCode: '相談0805', seatsLeft: 0, courseId: '相談会' });
    const others = [
      candidate('near', { courseId: '相談会' }),
      candidate('later', { eventCode: '相談0805', at: '15:00', courseId: '相談会', km: 9, seatsLeft: 1 }),
      candidate('next-day', { eventCode: '相談0805', date: '2026-08-06', courseId: '相談会', km: 9 }),
    ];
    expect(ranked(others, { refused: slot })).toEqual(['later', 'near', 'next-day']);
    expect(alternativesTo({ ...wish, refused: slot }, others)[0]!.reason).toBe(
      '同じ相談会の別の枠・9.0km・同じ日・残り1席',
    );
  });

  test('is ranked without distances when nobody knows where the way begins', () => {
    const offered = alternativesTo({ ...wish, origin: undefined }, [
      candidate('a', { courseId: 'LINE' }),
      candidate('b'),
    ]);
    expect(offered.map(({ session, distanceKm }) => [session.sessionId, distanceKm])).toEqual([
      ['b', null],
      ['a', null],
    ]);
  });

  test('is no more than can be read out', () => {
    expect(ranked(Array.from({ length: 30 }, (_, i) => candidate(`s${i}`)))).toHaveLength(10);
  });
});

describe('where a postcode lies', () => {
  test.each([
    ['001-0010', 43.0907],
    ['0640801', 43.0554],
    ['0050002', 42.99],
    ['0060001', 43.1218],
    ['0040001', 43.0364],
  ])('%s: at the office of its ward', (postalCode, latitude) => {
    expect(wardCentreOf(postalCode)?.latitude).toBe(latitude);
  });

  test('nobody says of one in another city, or of none at all', () => {
    expect(wardCentreOf('1000001')).toBeUndefined();
    expect(wardCentreOf('9999999')).toBeUndefined();
  });

  test('北区役所 is 3.9 km from 中央区役所', () => {
    expect(distanceBetween(kita, { latitude: 43.0554, longitude: 141.3409 })).toBeCloseTo(3.9, 1);
  });
});
