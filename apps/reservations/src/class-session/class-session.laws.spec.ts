import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { instantOf } from '#calendar/civil-time.js';
import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import { idFrom } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import type { Term } from '../term/term.decider.js';
import { unscheduled, type ClassSession } from './class-session.js';
import type { ClassSessionCommand } from './class-session.commands.js';
import { classSession } from './class-session.decider.js';

// Any history of two sessions between which people move: what holds after every event (design §4).

const named = (name: string) => idFrom('b8a5f7a4-5f0e-4d6c-9d53-5d2b6d0a7c11', name);
const start = instantOf('2026-07-11', '09:00');
const term = { state: 'open', plan: { bookableClasses: { from: '2026-08-01' } } } as Term;
const SESSIONS = ['one', 'other'] as const;

type Step =
  | { readonly hold: number; readonly seats: number }
  | { readonly reserve: readonly number[]; readonly hold?: number }
  | { readonly move: number }
  | { readonly cancel: number }
  | { readonly release: number }
  | { readonly extend: number }
  | { readonly cut: number }
  | { readonly raise: number }
  | { readonly pass: number };

const who = fc.integer({ min: 0, max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ hold: who, seats: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ reserve: fc.array(who, { minLength: 1, maxLength: 3 }) }),
  fc.record({ reserve: fc.array(who, { minLength: 1, maxLength: 3 }), hold: who }),
  ...(['move', 'cancel', 'release', 'extend', 'cut', 'raise'] as const).map((name) => fc.record({ [name]: who })),
  fc.record({ pass: fc.constantFrom(60_000, 300_000) }),
) as fc.Arbitrary<Step>;

class Desk {
  readonly sessions = new Map<string, ClassSession>();
  now = start;
  cut = false;
  private nth = 0;

  constructor() {
    for (const name of SESSIONS) this.decide(name, { do: 'schedule', plan: planOf(name, 3) });
  }

  take(name: string, step: Step): void {
    if ('pass' in step) this.now += step.pass;
    else if ('move' in step) this.move(name, named(`r${step.move}`));
    else this.decide(name, this.commandOf(name, step));
  }

  private commandOf(name: string, step: Exclude<Step, { pass: number } | { move: number }>): ClassSessionCommand {
    const at = { now: this.now, term };
    const expiresAt = this.now + 200_000;
    if ('reserve' in step) {
      const attendees = step.reserve.map((person) => this.attendee(person));
      const hold = step.hold === undefined ? {} : { holdId: named(`h${step.hold}`) };
      return { do: 'reserve', attendees, origin: { channel: 'telephone' }, ...at, ...hold };
    }
    if ('hold' in step) return { do: 'hold', holdId: named(`h${this.nth++ % 6}`), seats: step.seats, expiresAt, ...at };
    if ('cancel' in step)
      return { do: 'cancel', reservationId: named(`r${step.cancel}`), reasonCode: 'other', origin: {} };
    if ('release' in step) return { do: 'releaseHold', holdId: named(`h${step.release}`) };
    if ('extend' in step) return { do: 'extendHold', holdId: named(`h${step.extend}`), expiresAt, now: this.now };
    if ('raise' in step) return { do: 'raiseCapacity', capacity: step.raise + 3, agreementNumber: '協-1' };
    this.cut = true;
    return { do: 'revise', plan: planOf(name, step.cut) };
  }

  private attendee(person: number) {
    return { reservationId: named(`r${person}`), personId: named(`p${person}`), personVersion: 1 };
  }

  /** Both halves in one commit, or neither. */
  private move(from: string, reservationId: string): void {
    const to = from === 'one' ? 'other' : 'one';
    const seat = this.sessions.get(from)!.seats.get(reservationId);
    if (seat === undefined) return;
    const move = { moveId: named('m'), fromSessionId: named(from), toSessionId: named(to), origin: {} };
    const arriving = { reservationId, ...seat, reservationRevision: seat.reservationRevision + 1 };
    const before = new Map(this.sessions);
    if (!this.decide(to, { do: 'moveIn', arriving, ...move, now: this.now, term })) return;
    if (!this.decide(from, { do: 'moveOut', reservationId, ...move })) {
      for (const [name, session] of before) this.sessions.set(name, session);
    }
  }

  private decide(name: string, command: ClassSessionCommand): boolean {
    let session = this.sessions.get(name) ?? unscheduled;
    let events: readonly ReservationsEvent[];
    try {
      events = classSession.decide(command, session);
    } catch (thrown) {
      if (thrown instanceof Refusal) return false;
      throw thrown;
    }
    for (const event of events) {
      const before = session;
      session = classSession.evolve(session, event);
      mustHold(before, session, event, this.cut);
    }
    this.sessions.set(name, session);
    return true;
  }
}

function planOf(name: string, capacity: number) {
  const dates = [{ date: '2026-08-05', startsAt: '10:00', endsAt: '12:00' }];
  const ids = { sessionId: named(name), termId: named('t'), courseId: named('c'), venueId: named('v') };
  return { ...ids, sessionCode: name, dates, capacity };
}

function taken({ holds, seats }: ClassSession): number {
  return seats.size + [...holds.values()].reduce((sum, hold) => sum + hold.seats, 0);
}

function mustHold(before: ClassSession, after: ClassSession, event: ReservationsEvent, cut: boolean): void {
  const capacity = after.plan!.capacity;
  // A cut by the city is the one way over it, and then nothing more is taken
  if (event.type !== 'ClassSessionRevised' && taken(after) > capacity) {
    expect(cut).toBe(true);
    expect(taken(after)).toBeLessThanOrEqual(taken(before));
  }
  const persons = [...after.seats.values()].map(({ personId }) => personId);
  expect(new Set(persons).size).toBe(persons.length);
  if (event.type === 'ReservationCancelled') expect(after.seats.size).toBe(before.seats.size - 1);
  for (const { seats } of after.holds.values()) expect(seats).toBeGreaterThan(0);
}

describe('laws of a class session', () => {
  test('over any history: never more than the capacity, nobody twice, a move loses no seat and makes none', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...SESSIONS), step), { maxLength: 60 }), (history) => {
        const desk = new Desk();
        for (const [name, one] of history) {
          const before = [...desk.sessions.values()].reduce((sum, { seats }) => sum + seats.size, 0);
          desk.take(name, one);
          const after = [...desk.sessions.values()].reduce((sum, { seats }) => sum + seats.size, 0);
          expect('move' in one ? after : before).toBe(before);
        }
      }),
      { numRuns: 500 },
    );
  });
});
