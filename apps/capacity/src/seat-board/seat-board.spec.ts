import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { RehearsalConsumer } from '#platform/rehearsal/rehearsal-consumer.js';
import { heardIn, rowsOfEveryOrder, type Draft } from '#platform/rehearsal/interleavings.js';
import { checksumOf } from '#platform/subscription/checksum.js';
import { newId } from '#kernel/ids.js';
import { prepare } from '#platform/subscription/subscriptions.js';
import { ensurePositions } from '#platform/subscription/positions.js';
import * as desk from '../rehearsal/desk-events.js';
import { idOf, type Told } from '../rehearsal/desk-events.js';
import { readBoard, readSession } from './board.row.js';
import { SEAT_BOARD, seatBoard } from './seat-board.projector.js';

let consumer: RehearsalConsumer;
beforeAll(async () => {
  consumer = await RehearsalConsumer.make();
  await prepare(consumer.pool, consumer.alarms, seatBoard, []);
  await ensurePositions(consumer.pool, SEAT_BOARD, 1, 'reservations', 2);
});
afterAll(() => consumer.close());

const draft = ({ stream, event }: Told): Draft => ({ stream, type: event.type, data: event.data });

/** Folds a story on an empty board and answers what it says of session `a`. */
async function boardAfter(...story: readonly (Told | readonly Told[])[]) {
  const { pool, alarms } = consumer;
  const tables = ['session', 'term', 'venue', 'course', 'seats', 'hold'];
  await pool.query(`truncate ${tables.map((table) => `seat_board.${table}`).join()}; truncate parked_stream cascade`);
  await pool.query('update position set next_seq = 1, log_id = null, last_event_id = null');
  const subscription = await prepare(pool, alarms, seatBoard, []);
  await subscription.deliver('reservations', heardIn('reservations', 0, (story.flat() as Told[]).map(draft), newId()));
  return (await readSession(pool, 'seat_board', idOf('a')))!;
}

const open = (capacity = 2) => [...desk.ground(), desk.scheduled('a', { capacity })];
const second = (n: number) => new Date(Date.UTC(2026, 3, 1, 0, 0, n)).toISOString();

describe('the board', () => {
  test('shows a session with its place, its dates and its free seats', async () => {
    expect(await boardAfter(open())).toEqual({
      ...{ sessionId: idOf('a'), sessionCode: 'a', eventCode: null, termId: idOf('t1') },
      ...{ courseId: idOf('スマホ'), courseTitle: 'はじめてのスマホ' },
      ...{ venueId: idOf('北区民センター'), venueName: '北区民センター', ward: '北区' },
      dates: [{ date: '2098-08-05', startsAt: '10:00', endsAt: '12:00' }],
      ...{ capacity: 2, reserved: 0, held: 0, seatsLeft: 2, state: 'open', fullSince: null },
    });
  });

  test('counts a held seat, and once when it is booked', async () => {
    expect(await boardAfter(open(), desk.held('a', 'h1'))).toMatchObject({ reserved: 0, held: 1, seatsLeft: 1 });
    expect(await boardAfter(open(), desk.held('a', 'h1'), desk.made('a', 'r1', { hold: 'h1' }))).toMatchObject({
      ...{ reserved: 1, held: 0, seatsLeft: 1 },
    });
  });

  test('gives back what was held for more than came', async () => {
    const story = [open(5), desk.held('a', 'h1', 3), desk.made('a', 'r1', { hold: 'h1' })];
    expect(await boardAfter(...story)).toMatchObject({ reserved: 1, held: 2 });
    expect(await boardAfter(...story, desk.released('a', 'h1', 2))).toMatchObject({ reserved: 1, held: 0 });
  });

  test('takes nothing from a hold that had lapsed and was honoured all the same', async () => {
    const late = [desk.held('a', 'h1'), desk.released('a', 'h1'), desk.made('a', 'r1', { hold: 'h1' })];
    expect(await boardAfter(open(), late)).toMatchObject({ reserved: 1, held: 0, seatsLeft: 1 });
  });

  test('says since when a session is full, and forgets it when a seat is free', async () => {
    const full = [...open(), desk.made('a', 'r1'), desk.held('a', 'h2')];
    expect(await boardAfter(full)).toMatchObject({ seatsLeft: 0, state: 'open', fullSince: second(full.length - 1) });
    const booked = [...full, desk.made('a', 'r2', { hold: 'h2' })];
    expect(await boardAfter(booked)).toMatchObject({ fullSince: second(full.length - 1) });
    expect(await boardAfter(booked, desk.cancelled('a', 'r1'))).toMatchObject({ seatsLeft: 1, fullSince: null });
    expect(await boardAfter(booked, desk.raised('a', 3))).toMatchObject({ capacity: 3, fullSince: null });
  });

  test('closes a session with more people than the city leaves seats for, and drops nobody', async () => {
    const cut = [...open(), desk.made('a', 'r1'), desk.made('a', 'r2'), desk.revised('a', { capacity: 1 })];
    expect(await boardAfter(cut)).toMatchObject({ capacity: 1, reserved: 2, seatsLeft: 0, state: 'closed' });
    expect(await boardAfter(cut, desk.cancelled('a', 'r1'))).toMatchObject({ seatsLeft: 0, state: 'open' });
  });

  test('shows what is closed and what is called off', async () => {
    expect(await boardAfter(open(), desk.closed('a'))).toMatchObject({ state: 'closed', seatsLeft: 2 });
    expect(await boardAfter(open(), desk.calledOff('a'), desk.closed('a'))).toMatchObject({ state: 'calledOff' });
  });

  test('opens and closes sessions with their term, and knows which it may book', async () => {
    const planned = [desk.termPlanned('t1'), desk.scheduled('a')];
    expect(await boardAfter(desk.scheduled('a'))).toMatchObject({ state: 'closed', venueName: '', courseTitle: '' });
    expect(await boardAfter(planned)).toMatchObject({ state: 'closed' });
    expect(await boardAfter(planned, desk.termOpened('t1'))).toMatchObject({ state: 'open' });
    expect(await boardAfter(planned, desk.termOpened('t1'), desk.termClosed('t1'))).toMatchObject({ state: 'closed' });
    const until = (to: string) => desk.termRevised('t1', { from: '2098-08-01', to });
    expect(await boardAfter(planned, desk.termOpened('t1'), until('2098-08-04'))).toMatchObject({ state: 'closed' });
    expect(await boardAfter(planned, desk.termOpened('t1'), until('2098-08-05'))).toMatchObject({ state: 'open' });
  });

  test('shows a session as stale, never as free, once something of it could not be applied', async () => {
    const broken = desk.odd(desk.made('a', 'r1').stream);
    expect(await boardAfter(open(), broken, desk.made('a', 'r2'))).toMatchObject({ state: 'stale', seatsLeft: 0 });
    for (const { stream } of [desk.termPlanned('t1'), desk.venue('北区民センター'), desk.course('スマホ')]) {
      expect(await boardAfter(open(), desk.odd(stream))).toMatchObject({ state: 'stale', seatsLeft: 0 });
    }
    expect(await boardAfter(open(), desk.odd(desk.venue('南区民センター').stream))).toMatchObject({ state: 'open' });
  });

  test('is the same however the log is cut into batches', async () => {
    const story = [
      ...open(5),
      desk.held('a', 'h1', 2),
      desk.made('a', 'r1', { hold: 'h1' }),
      desk.cancelled('a', 'r1'),
    ];
    await boardAfter(story);
    const together = await checksumOf(consumer.pool, 'seat_board');
    const { pool, alarms } = consumer;
    const one = await rowsOfEveryOrder(consumer, seatBoard, [story.map(draft), []], () =>
      checksumOf(pool, 'seat_board'),
    );
    expect(alarms.list()).toEqual([]);
    expect(one).toEqual([together]);
  });
});

test('the halves of moves, in every order, end in the same board', async () => {
  const [out, into] = desk.moved('r1', 'a', 'b');
  const [backOut, backIn] = desk.moved('r1', 'b', 'a', 3);
  const a = [desk.scheduled('a'), desk.made('a', 'r1'), out, backIn, desk.cancelled('a', 'r1', 4)];
  const b = [desk.scheduled('b', { capacity: 1 }), into, backOut];
  const boards = await rowsOfEveryOrder(consumer, seatBoard, [a.map(draft), b.map(draft)], ({ pool }) =>
    readBoard(pool, 'seat_board', { limit: 9 }),
  );
  expect(boards).toHaveLength(56);
  expect(new Set(boards.map((board) => JSON.stringify(board))).size).toBe(1);
  expect(boards[0]).toMatchObject([{ reserved: 0 }, { reserved: 0 }]);
});
