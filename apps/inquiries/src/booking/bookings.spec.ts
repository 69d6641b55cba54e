import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import { newId } from '#kernel/ids.js';
import { interleavings, rowsOfEveryOrder, type Draft } from '#platform/rehearsal/interleavings.js';
import { RehearsalConsumer } from '#platform/rehearsal/rehearsal-consumer.js';
import { bookings } from './bookings.projector.js';

let consumer: RehearsalConsumer;
beforeAll(async () => {
  consumer = await RehearsalConsumer.make();
});
afterAll(() => consumer?.close());

const [from, to, reservationId, personId] = [newId(), newId(), newId(), newId()] as const;
const told = (sessionId: string, { type, data }: ReservationsEvent): Draft => ({
  ...{ stream: `class-session-${sessionId}`, type, data },
});
const place = { reservationId, personId, personVersion: 1 };
const move = { ...place, reservationRevision: 2, moveId: newId(), fromSessionId: from, toSessionId: to };
const left: Draft[] = [
  told(from, {
    type: 'ReservationMade',
    data: { ...place, reservationRevision: 1, sessionId: from, channel: 'telephone' },
  }),
  told(from, { type: 'ReservationMovedOut', data: move }),
];
const arrived: Draft[] = [
  told(to, { type: 'ReservationMovedIn', data: move }),
  told(to, {
    type: 'ReservationCancelled',
    data: { sessionId: to, reservationId, reservationRevision: 3, reasonCode: 'illness' },
  }),
];

test('a reservation that was moved and cancelled is the same in every order of its halves, with its person', async () => {
  const rows = await rowsOfEveryOrder(consumer, bookings, [left, arrived], async ({ pool }) => {
    return (await pool.query('select * from bookings.booking')).rows;
  });
  const row = { reservation_id: reservationId, revision: 3, session_id: to, person_id: personId, person_version: 1 };
  expect(rows).toEqual([...interleavings(left, arrived)].map(() => [{ ...row, active: false }]));
});
