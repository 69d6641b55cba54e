import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import { idFrom } from '#kernel/ids.js';

// Events as the reservations service writes them, for specs: short names stand for ids.

const NAMES = '5c0d3f5e-8f2b-5d55-9f0e-0d9a0a4c7b11';

/** The id that a short name stands for. */
export const idOf = (name: string) => idFrom(NAMES, name);

/** An event with its stream. */
export interface Told {
  readonly stream: string;
  readonly event: ReservationsEvent;
}

function told<Type extends ReservationsEvent['type']>(
  stream: string,
  type: Type,
  data: Extract<ReservationsEvent, { type: Type }>['data'],
): Told {
  return { stream, event: { type, data } as ReservationsEvent };
}

/** A type that no code here knows: what has been told of it parks its stream. */
export const ODD = 'Odd';
export const odd = (stream: string): Told => ({ stream, event: { type: ODD, data: {} } as never });

const plan = (term: string, bookable: { from: string; to?: string }) => ({
  termId: idOf(term),
  fiscalYear: 2098,
  termNo: 1,
  title: '第一期',
  reception: { from: '2098-07-11', to: '2098-07-25', opensAt: '09:00', closesAt: '17:00', exceptions: [] },
  bookableClasses: bookable,
  dispatchWindow: { from: '2098-07-11', to: '2098-07-31' },
});

const inTerm = (name: string) => `term-${idOf(name)}`;
export const termPlanned = (name: string, bookable = { from: '2098-08-01' } as { from: string; to?: string }) =>
  told(inTerm(name), 'TermPlanned', plan(name, bookable));
export const termRevised = (name: string, bookable: { from: string; to?: string }) =>
  told(inTerm(name), 'TermRevised', plan(name, bookable));
export const termOpened = (name: string) => told(inTerm(name), 'TermOpened', { termId: idOf(name) });
export const termClosed = (name: string) => told(inTerm(name), 'TermClosed', { termId: idOf(name) });

interface VenueFacts {
  /** What it is called, where that is not the short name. */
  readonly name?: string;
  readonly ward?: string;
  readonly wardCode?: string;
  readonly position?: { latitude: number; longitude: number };
  readonly wheelchairAccessible?: boolean;
}
export const venue = (name: string, facts: VenueFacts = {}) =>
  told(`venue-${idOf(name)}`, 'VenueRegistered', {
    venueId: idOf(name),
    name,
    ...{ ward: '北区', wardCode: '01102', address: '札幌市', ...facts },
  });
export const course = (name: string, title = name) =>
  told(`course-${idOf(name)}`, 'CourseDefined', { courseId: idOf(name), title });

export interface SessionFacts {
  readonly term?: string;
  readonly course?: string;
  readonly venue?: string;
  readonly eventCode?: string;
  readonly dates?: readonly (readonly [date: string, startsAt?: string, endsAt?: string])[];
  readonly capacity?: number;
}
const session = (name: string, facts: SessionFacts) => ({
  sessionId: idOf(name),
  sessionCode: name,
  termId: idOf(facts.term ?? 't1'),
  courseId: idOf(facts.course ?? 'スマホ'),
  venueId: idOf(facts.venue ?? '北区民センター'),
  ...(facts.eventCode !== undefined && { eventCode: facts.eventCode }),
  dates: (facts.dates ?? [['2098-08-05']]).map(([date, startsAt = '10:00', endsAt = '12:00']) => ({
    date,
    startsAt,
    endsAt,
  })),
  capacity: facts.capacity ?? 10,
});
const inSession = (name: string) => `class-session-${idOf(name)}`;
export const scheduled = (name: string, facts: SessionFacts = {}) =>
  told(inSession(name), 'ClassSessionScheduled', session(name, facts));
export const revised = (name: string, facts: SessionFacts) =>
  told(inSession(name), 'ClassSessionRevised', { ...session(name, facts), changed: ['capacity'] });
export const closed = (name: string) => told(inSession(name), 'ClassSessionClosed', { sessionId: idOf(name) });
export const calledOff = (name: string) => told(inSession(name), 'ClassSessionCalledOff', { sessionId: idOf(name) });
export const raised = (name: string, capacity: number) =>
  told(inSession(name), 'CapacityRaised', { sessionId: idOf(name), capacity, agreementNumber: '協-1' });

export const held = (name: string, hold: string, seats = 1) =>
  told(inSession(name), 'SeatHeld', {
    sessionId: idOf(name),
    holdId: idOf(hold),
    seats,
    expiresAt: '2098-07-11T01:05:00.000Z',
  });
export const released = (name: string, hold: string, seats = 1) =>
  told(inSession(name), 'HoldReleased', { sessionId: idOf(name), holdId: idOf(hold), seats, cause: 'lapsed' });

const booking = (reservation: string, person: string, revision: number) => ({
  reservationId: idOf(reservation),
  reservationRevision: revision,
  personId: idOf(person),
  personVersion: 1,
});
export const made = (name: string, reservation: string, options: { hold?: string; person?: string } = {}) =>
  told(inSession(name), 'ReservationMade', {
    sessionId: idOf(name),
    ...booking(reservation, options.person ?? reservation, 1),
    channel: 'telephone',
    ...(options.hold !== undefined && { holdId: idOf(options.hold) }),
  });
export const cancelled = (name: string, reservation: string, revision = 2) =>
  told(inSession(name), 'ReservationCancelled', {
    sessionId: idOf(name),
    reservationId: idOf(reservation),
    reservationRevision: revision,
    reasonCode: 'illness',
  });

/** Both halves of a move: the one in the session that is left, and the one where the person goes. */
export function moved(reservation: string, from: string, to: string, revision = 2): [Told, Told] {
  const data = {
    ...booking(reservation, reservation, revision),
    ...{ moveId: idOf(`${reservation}-${revision}`), fromSessionId: idOf(from), toSessionId: idOf(to) },
  };
  return [told(inSession(from), 'ReservationMovedOut', data), told(inSession(to), 'ReservationMovedIn', data)];
}

/** A term that is open, a venue and a course: what a session needs to be bookable. */
export const ground = (): Told[] => [
  termPlanned('t1'),
  termOpened('t1'),
  venue('北区民センター'),
  course('スマホ', 'はじめてのスマホ'),
];
