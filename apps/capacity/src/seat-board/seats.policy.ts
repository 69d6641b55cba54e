import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';

/** What the board counts of one session. A function of the session's own stream, which arrives in order. */
export interface Seats {
  readonly capacity: number;
  readonly reserved: number;
  readonly held: number;
  /** Of the session itself; its term has a say too (`board.row.ts`). */
  readonly state: 'open' | 'closed' | 'calledOff';
  /** Since when no seat is left, epoch milliseconds; null while one is. */
  readonly fullSince: number | null;
}

/** Seats of a hold that are neither booked nor free yet. */
export interface Hold {
  readonly sessionId: string;
  readonly seats: number;
}

/** The holds that events may name, by id: a fold takes from it and puts into it. */
export type Holds = Map<string, Hold>;

/** An event of a class session's stream that changes its seats, or who has one. */
export type SeatEvent = Extract<
  ReservationsEvent,
  {
    type:
      | 'ClassSessionScheduled'
      | 'ClassSessionRevised'
      | 'ClassSessionClosed'
      | 'ClassSessionCalledOff'
      | 'CapacityRaised'
      | 'SeatHeld'
      | 'HoldReleased'
      | 'ReservationMade'
      | 'ReservationMovedIn'
      | 'ReservationMovedOut'
      | 'ReservationCancelled';
  }
>;

const SEAT_EVENTS: ReadonlySet<string> = new Set<SeatEvent['type']>([
  'ClassSessionScheduled',
  'ClassSessionRevised',
  'ClassSessionClosed',
  'ClassSessionCalledOff',
  'CapacityRaised',
  'SeatHeld',
  'HoldReleased',
  'ReservationMade',
  'ReservationMovedIn',
  'ReservationMovedOut',
  'ReservationCancelled',
]);

export function isSeatEvent(event: Pick<ReservationsEvent, 'type'>): event is SeatEvent {
  return SEAT_EVENTS.has(event.type);
}

/** The session whose seats an event changes: of a move each half has its own. */
export function sessionOf({ type, data }: SeatEvent): string {
  if (type === 'ReservationMovedIn') return data.toSessionId;
  return type === 'ReservationMovedOut' ? data.fromSessionId : data.sessionId;
}

/** The hold whose remainder must be known before the event can be folded. */
export function holdNamedBy({ type, data }: SeatEvent): string | undefined {
  return type === 'HoldReleased' || type === 'ReservationMade' || type === 'ReservationMovedIn'
    ? data.holdId
    : undefined;
}

/**
 * @param at instant of the event, epoch milliseconds
 * @throws Error when the session was never scheduled: a stream always begins with that
 */
export function seatsAfter(before: Seats | undefined, event: SeatEvent, at: number, holds: Holds): Seats {
  if (event.type === 'ClassSessionScheduled') {
    return sinceWhen({ capacity: event.data.capacity, reserved: 0, held: 0, state: 'open', fullSince: null }, at);
  }
  if (before === undefined) throw new Error(`${event.type} for a session that was never scheduled.`);
  return sinceWhen({ ...before, ...changed(before, event, holds) }, at);
}

function changed(before: Seats, event: Exclude<SeatEvent, { type: 'ClassSessionScheduled' }>, holds: Holds) {
  switch (event.type) {
    case 'ClassSessionRevised':
    case 'CapacityRaised':
      return { capacity: event.data.capacity };
    case 'ClassSessionClosed':
      return { state: before.state === 'calledOff' ? before.state : ('closed' as const) };
    case 'ClassSessionCalledOff':
      return { state: 'calledOff' as const };
    case 'SeatHeld': {
      const { holdId, sessionId, seats } = event.data;
      holds.set(holdId, { sessionId, seats });
      return { held: before.held + seats };
    }
    case 'HoldReleased':
      return { held: before.held - endHold(event.data.holdId, holds) };
    case 'ReservationMade':
    case 'ReservationMovedIn':
      return { reserved: before.reserved + 1, held: before.held - takeSeat(event.data.holdId, holds) };
    case 'ReservationMovedOut':
    case 'ReservationCancelled':
      return { reserved: before.reserved - 1 };
  }
}

/** A hold that lapsed and was honoured all the same had given its seat back before: nothing is taken from it. */
function takeSeat(holdId: string | undefined, holds: Holds): number {
  const hold = holdId === undefined ? undefined : holds.get(holdId);
  if (hold === undefined) return 0;
  if (hold.seats === 1) holds.delete(holdId!);
  else holds.set(holdId!, { ...hold, seats: hold.seats - 1 });
  return 1;
}

function endHold(holdId: string, holds: Holds): number {
  const seats = holds.get(holdId)?.seats ?? 0;
  holds.delete(holdId);
  return seats;
}

function sinceWhen(seats: Seats, at: number): Seats {
  const full = seats.reserved + seats.held >= seats.capacity;
  if (full === (seats.fullSince !== null)) return seats;
  return { ...seats, fullSince: full ? at : null };
}
