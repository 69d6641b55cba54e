import { instantOf } from '#calendar/civil-time.js';
import { Refusal } from '#kernel/refusal.js';
import type { Term } from '../term/term.decider.js';
import type { SessionPlan } from './class-session.commands.js';

export interface Hold {
  readonly seats: number;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** A seat that somebody has, or had until it was cancelled. */
export interface Seat {
  readonly personId: string;
  readonly personVersion: number;
  readonly reservationRevision: number;
  readonly partyId?: string;
  readonly postalCodeMissing?: true;
}

/** One class session, the consistency boundary of its seats (design §4). */
export interface ClassSession {
  /** Absent until it is scheduled. */
  readonly plan?: SessionPlan;
  readonly state: 'open' | 'closed' | 'calledOff';
  readonly holds: ReadonlyMap<string, Hold>;
  /** Holds whose time was up: the one who comes late may still be honoured. */
  readonly lapsed: ReadonlySet<string>;
  /** By reservation id. Who moved away is in another session. */
  readonly seats: ReadonlyMap<string, Seat>;
  readonly cancelled: ReadonlyMap<string, Seat>;
}

export const unscheduled: ClassSession = {
  state: 'open',
  holds: new Map(),
  lapsed: new Set(),
  seats: new Map(),
  cancelled: new Map(),
};

/** @throws Refusal `not-found` when the session was never scheduled */
export function planOf(session: ClassSession): SessionPlan {
  if (session.plan === undefined) throw new Refusal('not-found', 'not-found', 'There is no such session.');
  return session.plan;
}

/** Holds whose time is up at `now`, in the order they were taken. */
export function overdue(session: ClassSession, now: number): [holdId: string, hold: Hold][] {
  return [...session.holds].filter(([, { expiresAt }]) => expiresAt <= now);
}

export function heldSeats(session: ClassSession, now: number): number {
  let held = 0;
  for (const { seats, expiresAt } of session.holds.values()) if (expiresAt > now) held += seats;
  return held;
}

/** Seats nobody has and nobody holds; below nothing when the city cut the capacity (定員超過・市指示). */
export function seatsLeft(session: ClassSession, now: number): number {
  return planOf(session).capacity - session.seats.size - heldSeats(session, now);
}

/** The instant at which the first class of the session begins, epoch milliseconds. */
export function beginsAt({ dates: [first] }: SessionPlan): number {
  return instantOf(first!.date, first!.startsAt);
}

/**
 * Whether anything may be booked here now (R024, design §4).
 * @throws Refusal `session-not-open` with the reason: the session, its term, its day, or that it has begun
 */
export function refuseUnlessBookable(session: ClassSession, term: Term, now: number): void {
  const plan = planOf(session);
  const reason = (() => {
    if (session.state !== 'open') return session.state;
    if (term.state !== 'open') return 'term-not-open';
    const { from, to } = term.plan!.bookableClasses;
    const first = plan.dates[0]!.date;
    if (first < from || (to !== undefined && first > to)) return 'outside-term';
    return now >= beginsAt(plan) ? 'begun' : undefined;
  })();
  if (reason === undefined) return;
  throw new Refusal('session-not-open', 'conflict', 'This session cannot be booked.', { reason });
}

/** @throws Refusal `session-full` with the seats that are left */
export function refuseUnlessFree(session: ClassSession, seats: number, now: number): void {
  const left = seatsLeft(session, now);
  if (left >= seats) return;
  throw new Refusal('session-full', 'conflict', 'This session has not that many seats left.', {
    sessionId: planOf(session).sessionId,
    seatsLeft: Math.max(0, left),
  });
}

/** @throws Refusal `already-reserved`: the same person at most once in a session */
export function refuseTwice(session: ClassSession, personId: string): void {
  for (const [reservationId, seat] of session.seats) {
    if (seat.personId !== personId) continue;
    throw new Refusal('already-reserved', 'conflict', 'This person already has a seat in this session.', {
      reservationId,
    });
  }
}

/** One booking names somebody twice, by id or by likeness. */
export function twiceInBooking(): Refusal {
  return new Refusal('already-reserved', 'conflict', 'The same person stands twice in this booking.');
}

/** @throws Refusal `reservation-cancelled`, or `ReservationElsewhere` */
export function seatOf(session: ClassSession, reservationId: string): Seat {
  const seat = session.seats.get(reservationId);
  if (seat !== undefined) return seat;
  if (session.cancelled.has(reservationId)) {
    throw new Refusal('reservation-cancelled', 'conflict', 'This reservation has been cancelled.', { reservationId });
  }
  throw new ReservationElsewhere(reservationId);
}

/** The reservation has moved since its place was looked up: to be asked again where it is now (design §4). */
export class ReservationElsewhere extends Refusal {
  constructor(reservationId: string) {
    super('not-found', 'not-found', 'There is no such reservation.', { reservationId });
    this.name = 'ReservationElsewhere';
  }
}
