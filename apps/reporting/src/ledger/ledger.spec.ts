import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { checksumOf } from '#platform/subscription/checksum.js';
import { bookingsByDay, sessionsCapacity } from '../booking/bookings-asked.row.js';
import { callsBySlot } from '../call/calls-asked.row.js';
import { guidanceByDay } from '../guidance/guidance-asked.row.js';
import { inquiriesByCategory } from '../inquiry/inquiries-asked.row.js';
import { noticesProgress } from '../notice/notices-asked.row.js';
import { LedgerRig } from '../rehearsal/ledger-rig.js';
import * as desk from '../rehearsal/told.js';

let rig: LedgerRig;
beforeAll(async () => {
  rig = await LedgerRig.make();
});
beforeEach(() => rig.clear());
afterAll(() => rig.close());

/** A day of two sessions: five calls, three bookings of which one is moved and one cancelled, two offers. */
const story = () => [
  ...desk.ground(),
  desk.scheduled('0702 10:00', 'A', { capacity: 2 }),
  desk.scheduled('0702 10:01', 'B', { capacity: 5, date: '2025-08-07' }),
  desk.call('0711 09:05', 'c1', { wait: 10 }),
  desk.made('0711 09:06', 'A', 'r1', { call: 'c1' }),
  desk.call('0711 09:10', 'c2', { wait: 30 }),
  desk.made('0711 09:11', 'A', 'r2', { call: 'c2' }),
  desk.call('0711 09:40', 'c3', { abandonedAfter: 3 }),
  desk.call('0711 10:00', 'c4', { wait: 5 }),
  desk.offered('0711 10:01', 'A', 'o1', ['X', 'B']),
  desk.taken('0711 10:02', 'A', 'o1', 'B'),
  desk.made('0711 10:02', 'B', 'r3', { call: 'c4' }),
  desk.offered('0711 10:05', 'A', 'o2', ['B']),
  desk.declined('0711 10:06', 'A', 'o2'),
  desk.moved('0714 09:30', 'A', 'B', 'r1'),
  desk.cancelled('0714 11:00', 'A', 'r2'),
  desk.inquiry('0714 11:05', 'q1', 'venue'),
  desk.inquiry('0714 11:06', 'q2', 'venue'),
  desk.noticeDue('0714 11:10', 'B', 'r3', 'n1'),
  desk.noticePosted('0718 15:00', 'B', 'r3', 'n1', '2025-07-22'),
];

describe('the ledger', () => {
  test('counts calls by slot, each once', async () => {
    await rig.tell(...story());
    const rows = await rig.ask((reading) => reading.ask(callsBySlot));
    expect(rows).toMatchObject([
      { day: '2025-07-11', slot: '09:00', offered: 2, answered: 2, answered_in_time: 1, wait_seconds: 40 },
      { day: '2025-07-11', slot: '09:30', offered: 1, answered: 0, abandoned: 1, short_abandoned: 1 },
      { day: '2025-07-11', slot: '10:00', offered: 1, answered: 1, answered_in_time: 1 },
    ]);
  });

  test('counts bookings, changes and cancellations on their days, a move once', async () => {
    await rig.tell(...story());
    expect(await rig.ask((reading) => reading.ask(bookingsByDay))).toEqual([
      { day: '2025-07-11', made: 3, moved: 0, cancelled: 0, corrected: 0 },
      { day: '2025-07-14', made: 0, moved: 1, cancelled: 1, corrected: 0 },
    ]);
  });

  test('a booking that was keyed in later counts on the day it was received (§8.17)', async () => {
    await rig.tell(...desk.ground(), desk.scheduled('0702 10:00', 'A'));
    await rig.tell(desk.made('0714 09:00', 'A', 'r1', { receivedAt: '0711 15:00' }));
    expect(await rig.ask((reading) => reading.ask(bookingsByDay))).toMatchObject([{ day: '2025-07-11', made: 1 }]);
  });

  test('knows capacity, reserved and seats left of every session', async () => {
    await rig.tell(...story());
    expect(await rig.ask((reading) => reading.ask(sessionsCapacity))).toMatchObject([
      { session_code: 'A', capacity: 2, reserved: 0, seats_left: 2, venue_name: '北区民センター', ward: '北区' },
      { session_code: 'B', capacity: 5, reserved: 2, seats_left: 3, fill_rate: 0.4 },
    ]);
  });

  test('tells which place of the list an offer was taken from, and why one was declined (R013)', async () => {
    await rig.tell(...story());
    expect(await rig.ask((reading) => reading.ask(guidanceByDay))).toEqual([
      { day: '2025-07-11', kind: 'declined', rank: null, reason: 'tooFar', offers: 1 },
      { day: '2025-07-11', kind: 'offered', rank: null, reason: null, offers: 2 },
      { day: '2025-07-11', kind: 'taken', rank: 2, reason: null, offers: 1 },
    ]);
  });

  test('follows notices to the letterbox and counts questions by category', async () => {
    await rig.tell(...story());
    expect(await rig.ask((reading) => reading.ask(noticesProgress))).toMatchObject([
      { session_code: 'B', needed: 1, due: 0, posted: 1, on_time: 1, returned: 0 },
    ]);
    expect(await rig.ask((reading) => reading.ask(inquiriesByCategory))).toMatchObject([
      { day: '2025-07-14', category: 'venue', inquiries: 2, recorded: 0 },
    ]);
  });

  test('asked again as of an earlier place, it answers what it answered then, whatever came since', async () => {
    const all = story();
    await rig.tell(...all.slice(0, 10));
    const queries = [callsBySlot, bookingsByDay, sessionsCapacity, guidanceByDay, noticesProgress];
    const answers = (asOf?: string) =>
      rig.ask(async (reading) => {
        const rows = [];
        for (const query of queries) rows.push(await reading.ask(query));
        return { asOf: reading.asOf, rows };
      }, asOf);
    const then = await answers();
    await rig.tell(...all.slice(10));
    expect((await answers()).rows).not.toEqual(then.rows);
    expect(await answers(then.asOf.position)).toEqual(then);
  });

  test('refuses a place that is none, one that has not come yet, and one of another log', async () => {
    await rig.tell(...story());
    const { position } = await rig.ask(async (reading) => reading.asOf);
    const slug = (asOf: string) =>
      rig.ask(async () => undefined, asOf).catch((thrown: { slug: string }) => thrown.slug);
    for (const none of ['x', 'at=1;reservations=x/1', `${position};reservations=1`]) {
      expect(await slug(none)).toBe('invalid-as-of');
    }
    expect(await slug(position.replace(/\/(\d+)\./, '/999999.'))).toBe('not-yet');
    await rig.clear();
    await rig.tell(...desk.ground());
    expect(await slug(position)).toBe('not-yet');
  });

  test('holds the same rows however the logs were cut into batches', async () => {
    await rig.tell(...story());
    const together = await checksumOf(rig.pool, 'ledger');
    await rig.clear();
    await rig.tellOneByOne(...story());
    expect(await checksumOf(rig.pool, 'ledger')).toEqual(together);
  });

  test('the halves of a move may arrive in either order', async () => {
    const [out, into] = desk.moved('0714 09:30', 'A', 'B', 'r1');
    const before = [...desk.ground(), desk.scheduled('0702 10:00', 'A'), desk.scheduled('0702 10:01', 'B')];
    for (const halves of [
      [out, into],
      [into, out],
    ]) {
      await rig.clear();
      await rig.tellOneByOne(...before, desk.made('0711 09:00', 'A', 'r1'), ...halves);
      expect(await rig.ask((reading) => reading.ask(sessionsCapacity))).toMatchObject([
        { reserved: 0 },
        { reserved: 1 },
      ]);
    }
  });
});
