import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { noticesEvents } from '#contracts/notices/notices.events.js';
import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import { fold } from '#kernel/decider.js';
import { newId } from '#kernel/ids.js';
import { interleavings } from '#platform/rehearsal/interleavings.js';
import { reactionCommandId } from '#platform/subscription/reaction-journal.js';
import type { HeardEvent } from '#platform/subscription/subscriber.js';
import { NoticesDesk } from '../rehearsal/notices-desk.js';
import { NoticeJobs } from './notice-jobs.handlers.js';
import { NOTICE_JOBS } from './notice-jobs.reaction.js';
import { notices } from './notice.decider.js';

let desk: NoticesDesk;
beforeAll(async () => {
  desk = await NoticesDesk.open();
});
afterAll(() => desk.close());

const channel = 'telephone' as const;

/** What two sessions tell of one reservation, each in its own partition: booked, moved, cancelled there. */
function story() {
  const [from, to, reservationId, personId, moveId] = [newId(), newId(), newId(), newId(), newId()];
  const of = (reservationRevision: number) => ({ reservationId, reservationRevision });
  const who = { personId, personVersion: 1 };
  const move = { moveId, fromSessionId: from, toSessionId: to, ...who };
  const first = [
    { type: 'ReservationMade', data: { sessionId: from, ...of(1), ...who, channel } },
    { type: 'ReservationMovedOut', data: { ...of(2), ...move } },
  ] as ReservationsEvent[];
  const second = [
    { type: 'ReservationMovedIn', data: { ...of(2), ...move } },
    { type: 'ReservationCancelled', data: { sessionId: to, ...of(3), reasonCode: 'illness' } },
  ] as ReservationsEvent[];
  return { from, to, reservationId, personId, first, second };
}

/** Events as they stand in two partitions of a log that nobody else hears. */
function heard(logId: string, p: number, events: readonly ReservationsEvent[]): HeardEvent[] {
  return events.map((event, i) => {
    const place = { source: 'reservations', logId, p, seq: i + 1, stream: `spec-${p}`, version: i + 1 };
    return { ...event, ...place, eventId: newId(), schemaVersion: 1, at: Date.now(), metadata: {} };
  });
}

const react = (event: HeardEvent) => desk.app.get(NoticeJobs).react(event, reactionCommandId(NOTICE_JOBS, event));

async function told(reservationId: string) {
  const rows = await desk.query<{ type: string; data: Record<string, unknown> }>(
    'select type, data from events where stream = $1 order by version',
    [`notice-${reservationId}`],
  );
  const state = fold(
    notices,
    rows.map(({ type, data }) => noticesEvents.read(type, 1, data)),
  );
  return { types: rows.map(({ type }) => type), rows, state };
}

describe('what follows from a reservation', () => {
  test('is the same in every order in which the two sessions of a move can be heard, each event twice', async () => {
    const orders = [...interleavings([0, 1], [2, 3])];
    for (const order of orders) {
      const { first, second, reservationId } = story();
      const logId = newId();
      const events = [...heard(logId, 0, first), ...heard(logId, 1, second)];
      for (const nth of order) {
        await react(events[nth]!);
        await react(events[nth]!);
      }
      for (const event of events) await react(event);
      const { state, types } = await told(reservationId);
      expect([order, state.isEnded, state.open]).toEqual([order, true, undefined]);
      const opened = types.filter((type) => type === 'NoticeDue').length;
      expect([order, types.filter((type) => type === 'NoticeVoided').length]).toEqual([order, opened]);
    }
  });

  test('without the cancellation it is one open notice, of the session that was moved to', async () => {
    for (const order of interleavings([0, 1], [2])) {
      const { first, second, reservationId, to } = story();
      const logId = newId();
      const events = [...heard(logId, 0, first), ...heard(logId, 1, second)];
      for (const nth of order) await react(events[nth]!);
      const { state, types } = await told(reservationId);
      expect([order, state.open?.sessionId, state.open?.reservationRevision]).toEqual([order, to, 2]);
      const open = types.filter((type) => type === 'NoticeDue').length - types.filter((type) => type === 'NoticeVoided').length; // prettier-ignore
      expect(open).toBe(1);
    }
  });

  test('a notice of each reservation once, when every event is handed over twice at the same moment', async () => {
    const stories = Array.from({ length: 50 }, story);
    const logId = newId();
    const events = heard(
      logId,
      0,
      stories.map(({ first }) => first[0]!),
    );
    await Promise.all([...events, ...events].map(react));
    for (const { reservationId } of stories) expect((await told(reservationId)).types).toEqual(['NoticeDue']);
  });

  test('killed after the command and before its place was kept, it is answered from memory', async () => {
    const { first, reservationId } = story();
    const [made] = heard(newId(), 0, first);
    await react(made!);
    await desk.restart();
    await react(made!);
    expect((await told(reservationId)).types).toEqual(['NoticeDue']);
  });
});

describe('what the city changes', () => {
  test('a class that is called off voids what is open; whoever moves away is written to again', async () => {
    const { first, reservationId, from, to } = story();
    const logId = newId();
    const callOff = { type: 'ClassSessionCalledOff', data: { sessionId: from } } as ReservationsEvent;
    const [made, movedOut, off] = heard(logId, 0, [...first, callOff]);
    await react(made!);
    await react({ ...off!, seq: 9 });
    expect((await told(reservationId)).types).toEqual(['NoticeDue', 'NoticeVoided']);
    await react(movedOut!);
    const { state } = await told(reservationId);
    expect([state.open?.sessionId, state.open?.kind]).toEqual([to, 'first']);
  });

  test('whoever is erased is written to no more, also when the booking is heard afterwards', async () => {
    const { first, second, reservationId, personId } = story();
    const logId = newId();
    const erased = { type: 'PersonErased', data: { personId } } as ReservationsEvent;
    const [made, , gone] = heard(logId, 0, [...first, erased]);
    await react(made!);
    await react(gone!);
    await react(heard(logId, 1, second)[0]!);
    const { types, rows } = await told(reservationId);
    expect(types).toEqual(['NoticeDue', 'NoticeVoided']);
    expect(rows.at(-1)!.data['reason']).toBe('erased');
  });
});
