import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import { newId } from '#kernel/ids.js';
import { Rows } from '#platform/hosting/rows.js';
import { heardIn, type Draft } from '#platform/rehearsal/interleavings.js';
import { RehearsalConsumer } from '#platform/rehearsal/rehearsal-consumer.js';
import { listParked } from '#platform/subscription/parking.js';
import { ensurePositions } from '#platform/subscription/positions.js';
import { prepare } from '#platform/subscription/subscriptions.js';
import { PLAN, plan } from './plan.projector.js';
import { Planned } from './planned.js';

const [termId, venueId, courseId, sessionId] = [newId(), newId(), newId(), newId()] as const;
const period = { from: '2026-07-11', to: '2026-07-31' };
const termPlan = {
  ...{ termId, fiscalYear: 2026, termNo: 1, title: '第一期', dispatchWindow: period },
  reception: { from: '2026-07-11', to: '2026-07-25', opensAt: '09:00', closesAt: '16:00', exceptions: [] },
  bookableClasses: { from: '2026-08-01' },
};
const sessionPlan = {
  ...{ sessionId, sessionCode: 'A-01', termId, courseId, venueId, capacity: 20 },
  dates: [{ date: '2026-08-05', startsAt: '10:00', endsAt: '12:00' }],
};

const told = (stream: string, event: ReservationsEvent): Draft => ({ stream, type: event.type, data: event.data });
const session = (event: ReservationsEvent) => told(`class-session-${sessionId}`, event);
const term = (event: ReservationsEvent) => told(`term-${termId}`, event);
const scheduled = session({ type: 'ClassSessionScheduled', data: sessionPlan });
const ground = [
  term({ type: 'TermPlanned', data: termPlan }),
  told(`venue-${venueId}`, {
    type: 'VenueRegistered',
    data: { venueId, name: '北区民センター', ward: '北区', wardCode: '01102', address: '北24条西6丁目' },
  }),
  told(`course-${courseId}`, { type: 'CourseDefined', data: { courseId, title: 'はじめてのスマホ' } }),
];

let consumer: RehearsalConsumer;
let planned: Planned;
beforeAll(async () => {
  consumer = await RehearsalConsumer.make();
  await prepare(consumer.pool, consumer.alarms, plan, []);
  await ensurePositions(consumer.pool, PLAN, 1, 'reservations', 2);
  planned = new Planned(new Rows({ pool: consumer.pool }));
});
afterAll(() => consumer.close());
beforeEach(async () => {
  await consumer.pool.query(
    'truncate plan.session, plan.term, plan.venue, plan.course; truncate parked_stream cascade',
  );
  await consumer.pool.query('update position set next_seq = 1, log_id = null, last_event_id = null');
});

async function hear(...story: readonly Draft[]): Promise<void> {
  const subscription = await prepare(consumer.pool, consumer.alarms, plan, []);
  await subscription.deliver('reservations', heardIn('reservations', 0, story, newId()));
}

describe('the plan of the city, as another service knows it', () => {
  test('has a session with its term, its venue and its course', async () => {
    await hear(...ground, scheduled);
    expect((await planned.sessions([sessionId])).get(sessionId)).toMatchObject({
      session: { sessionId, state: 'open', version: 1, plan: { sessionCode: 'A-01', capacity: 20 } },
      ...{ term: { termId, state: 'planned' }, venue: { plan: { name: '北区民センター' } } },
      course: { plan: { title: 'はじめてのスマホ' } },
    });
    expect([...(await planned.sessionsOfTerm(termId)).keys()]).toEqual([sessionId]);
  });

  test('names a session whose venue and course it has not heard of yet', async () => {
    await hear(scheduled);
    expect(Object.keys((await planned.sessions([sessionId])).get(sessionId)!)).toEqual(['session']);
  });

  test('follows every change, and keeps the state of what is only revised', async () => {
    await hear(
      ...[...ground, scheduled, term({ type: 'TermOpened', data: { termId } })],
      session({ type: 'CapacityRaised', data: { sessionId, capacity: 25, agreementNumber: '協-1' } }),
      session({ type: 'ClassSessionClosed', data: { sessionId } }),
      session({ type: 'ClassSessionRevised', data: { ...sessionPlan, capacity: 10, changed: ['capacity'] } }),
      term({ type: 'TermRevised', data: { ...termPlan, title: '第一期（延長）' } }),
    );
    expect((await planned.sessions([sessionId])).get(sessionId)!.session).toEqual({
      ...{ sessionId, state: 'closed', version: 4, plan: sessionPlan && { ...sessionPlan, capacity: 10 } },
    });
    expect(await planned.terms()).toMatchObject([{ termId, state: 'open', plan: { title: '第一期（延長）' } }]);
  });

  test('parks a change of what was never planned instead of guessing', async () => {
    await hear(session({ type: 'ClassSessionClosed', data: { sessionId } }));
    expect(await planned.sessions([sessionId])).toEqual(new Map());
    expect(await listParked(consumer.pool, PLAN)).toHaveLength(1);
  });
});
