import { describe, test } from '@jest/globals';
import { instantOf } from '#calendar/civil-time.js';
import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import { idFrom } from '#kernel/ids.js';
import { specOf } from '#kernel/spec.js';
import type { Term } from '../term/term.decider.js';
import { classSession } from './class-session.decider.js';
import type { CommandOf, SessionPlan } from './class-session.commands.js';

const named = (name: string) => idFrom('b8a5f7a4-5f0e-4d6c-9d53-5d2b6d0a7c11', name);
const { given } = specOf(classSession);

const sessionId = named('session');
const plan: SessionPlan = {
  sessionId,
  sessionCode: 'K-01',
  termId: named('term'),
  courseId: named('course'),
  venueId: named('venue'),
  dates: [{ date: '2026-08-05', startsAt: '10:00', endsAt: '12:00' }],
  capacity: 2,
};
const term: Term = {
  state: 'open',
  readiness: {},
  plan: {
    termId: plan.termId,
    fiscalYear: 2026,
    termNo: 1,
    title: '第一期',
    reception: { from: '2026-07-11', to: '2026-07-25', opensAt: '09:00', closesAt: '16:00', exceptions: [] },
    bookableClasses: { from: '2026-08-01', to: '2026-09-30' },
    dispatchWindow: { from: '2026-07-11', to: '2026-07-31' },
  },
};
const now = instantOf('2026-07-11', '09:00');
const later = now + 300_000;
const at = (instant: number) => new Date(instant).toISOString();

const scheduled: ReservationsEvent = { type: 'ClassSessionScheduled', data: plan };
const attendee = (who: string) => ({ reservationId: named(`r-${who}`), personId: named(who), personVersion: 1 });
const made = (who: string, holdId?: string): ReservationsEvent => ({
  type: 'ReservationMade',
  data: {
    ...{ sessionId, ...attendee(who), reservationRevision: 1, channel: 'telephone' },
    ...(holdId !== undefined && { holdId }),
  },
});
const held = (holdId: string, seats: number, expiresAt: number): ReservationsEvent => ({
  type: 'SeatHeld',
  data: { sessionId, holdId, seats, expiresAt: at(expiresAt) },
});
const over = (holdId: string, seats: number, cause: 'lapsed' | 'surplus' | 'calledOff'): ReservationsEvent => ({
  type: 'HoldReleased',
  data: { sessionId, holdId, seats, cause },
});
const reserve = (who: string[], holdId?: string, when = now): CommandOf<'reserve'> => ({
  ...{ do: 'reserve', attendees: who.map((one) => attendee(one)), origin: { channel: 'telephone' }, now: when, term },
  ...(holdId !== undefined && { holdId }),
});
const hold = (holdId: string, seats: number) => ({ do: 'hold', holdId, seats, expiresAt: later, now, term }) as const;
const [a, b] = [named('hold-a'), named('hold-b')];

describe('seats of a class session', () => {
  test('the last seat is given, the next caller hears that it is full', () => {
    given(scheduled, made('佐藤'))
      .when(reserve(['鈴木']))
      .then(made('鈴木'));
    given(scheduled, made('佐藤'), made('鈴木'))
      .when(reserve(['高橋']))
      .thenRefuses('session-full', { sessionId, seatsLeft: 0 });
  });

  test('a couple gets two seats or none', () => {
    given(scheduled, made('佐藤'))
      .when(reserve(['鈴木', '高橋']))
      .thenRefuses('session-full', { sessionId, seatsLeft: 1 });
  });

  test('a held seat is nobody else’s until its time is up', () => {
    given(scheduled, held(a, 2, later))
      .when(reserve(['佐藤']))
      .thenRefuses('session-full');
    given(scheduled, held(a, 2, later))
      .when(reserve(['佐藤'], undefined, later))
      .then(over(a, 2, 'lapsed'), made('佐藤'));
  });

  test('a hold becomes a booking, and what was held too much is free again', () => {
    given(scheduled, held(a, 2, later))
      .when(reserve(['佐藤'], a))
      .then(made('佐藤', a), over(a, 1, 'surplus'));
  });

  test('a hold confirmed late is honoured while the seat is free, and refused once it is gone', () => {
    given(scheduled, held(a, 1, later))
      .when(reserve(['佐藤'], a, later))
      .then(over(a, 1, 'lapsed'), made('佐藤'));
    given(scheduled, held(a, 1, later), over(a, 1, 'lapsed'), made('鈴木'), made('高橋'))
      .when(reserve(['佐藤'], a, later))
      .thenRefuses('hold-expired');
  });

  test('a hold is extended while it lives; the sweeper then finds nothing to do', () => {
    given(scheduled, held(a, 1, later))
      .when({ do: 'extendHold', holdId: a, expiresAt: later + 1, now })
      .then({ type: 'HoldExtended', data: { sessionId, holdId: a, expiresAt: at(later + 1) } });
    given(scheduled, held(a, 1, later), {
      type: 'HoldExtended',
      data: { sessionId, holdId: a, expiresAt: at(later + 1) },
    })
      .when({ do: 'lapseHolds', now: later })
      .thenNothing();
    given(scheduled, held(a, 1, later))
      .when({ do: 'extendHold', holdId: a, expiresAt: later + 1, now: later })
      .thenRefuses('hold-expired');
  });

  test('a hold takes its seats from those that are free', () => {
    given(scheduled, held(a, 1, later))
      .when(hold(b, 2))
      .thenRefuses('session-full', { sessionId, seatsLeft: 1 });
    given(scheduled)
      .when(hold(b, 2))
      .then(held(b, 2, later));
  });

  test('the same person has one seat in a session', () => {
    given(scheduled, made('佐藤'))
      .when(reserve(['佐藤']))
      .thenRefuses('already-reserved');
    given(scheduled)
      .when(reserve(['佐藤', '佐藤']))
      .thenRefuses('already-reserved');
  });

  test('a cancelled reservation frees one seat, once', () => {
    const cancel = { do: 'cancel', reservationId: named('r-佐藤'), reasonCode: 'illness', origin: {} } as const;
    const cancelled: ReservationsEvent = {
      type: 'ReservationCancelled',
      data: { sessionId, reservationId: named('r-佐藤'), reservationRevision: 2, reasonCode: 'illness' },
    };
    given(scheduled, made('佐藤')).when(cancel).then(cancelled);
    given(scheduled, made('佐藤'), cancelled).when(cancel).thenRefuses('reservation-cancelled');
    given(scheduled, made('佐藤'), made('鈴木'), cancelled)
      .when(reserve(['高橋']))
      .then(made('高橋'));
  });

  test('nothing is booked into a closed session, before its term opens, outside its classes, or once it has begun', () => {
    given(scheduled, { type: 'ClassSessionClosed', data: { sessionId } })
      .when(reserve(['佐藤']))
      .thenRefuses('session-not-open', { reason: 'closed' });
    given(scheduled)
      .when({ ...reserve(['佐藤']), term: { ...term, state: 'planned' } })
      .thenRefuses('session-not-open', { reason: 'term-not-open' });
    given({ ...scheduled, data: { ...plan, dates: [{ ...plan.dates[0]!, date: '2026-10-01' }] } } as ReservationsEvent)
      .when(reserve(['佐藤']))
      .thenRefuses('session-not-open', { reason: 'outside-term' });
    given(scheduled)
      .when(reserve(['佐藤'], undefined, instantOf('2026-08-05', '10:00')))
      .thenRefuses('session-not-open', { reason: 'begun' });
  });

  test('a move gives the new seat and the old one back under one revision', () => {
    const move = { moveId: named('move'), fromSessionId: named('other'), toSessionId: sessionId, origin: {} };
    const arriving = { ...attendee('佐藤'), reservationRevision: 2 };
    const moved = { ...arriving, moveId: move.moveId, fromSessionId: move.fromSessionId, toSessionId: sessionId };
    given(scheduled, made('鈴木'))
      .when({ do: 'moveIn', arriving, ...move, now, term })
      .then({ type: 'ReservationMovedIn', data: moved });
    given(scheduled, made('鈴木'), made('高橋'))
      .when({ do: 'moveIn', arriving, ...move, now, term })
      .thenRefuses('session-full');
    given(scheduled, made('佐藤'))
      .when({ do: 'moveOut', reservationId: named('r-佐藤'), ...move })
      .then({ type: 'ReservationMovedOut', data: moved });
  });

  test('the city cuts the capacity below what is booked: nobody is dropped, nothing more is booked', () => {
    const revised = { ...plan, capacity: 1 };
    const cut: ReservationsEvent = { type: 'ClassSessionRevised', data: { ...revised, changed: ['capacity'] } };
    given(scheduled, made('佐藤'), made('鈴木')).when({ do: 'revise', plan: revised }).then(cut);
    given(scheduled, made('佐藤'), held(a, 1, later), cut)
      .when(reserve(['高橋'], a))
      .thenRefuses('session-full');
  });

  test('only raising the capacity lets in more, and it never lowers it', () => {
    given(scheduled)
      .when({ do: 'raiseCapacity', capacity: 3, agreementNumber: '協-12' })
      .then({ type: 'CapacityRaised', data: { sessionId, capacity: 3, agreementNumber: '協-12' } });
    given(scheduled)
      .when({ do: 'raiseCapacity', capacity: 1, agreementNumber: '協-12' })
      .thenRefuses('capacity-not-raised');
  });

  test('calling off lets go what is held and keeps who is booked until they are told', () => {
    given(scheduled, made('佐藤'), held(a, 1, later))
      .when({ do: 'callOff', reasonCode: 'weather' })
      .then(over(a, 1, 'calledOff'), { type: 'ClassSessionCalledOff', data: { sessionId, reasonCode: 'weather' } });
  });

  test('a list that says the same changes nothing', () => {
    given(scheduled).when({ do: 'revise', plan }).thenNothing();
  });
});
