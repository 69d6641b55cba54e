import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import type { Decider } from '#kernel/decider.js';
import { cancel, correct, moveIn, moveOut, reserve } from './booking.policy.js';
import type { ClassSessionCommand } from './class-session.commands.js';
import { unscheduled, type ClassSession, type Seat } from './class-session.js';
import { extendHold, hold, lapses, releaseHold } from './holding.policy.js';
import { callOff, close, raiseCapacity, revise, schedule } from './planning.policy.js';

/** The rules of one class session. reserved + held ≤ capacity after every event but a cut by the city (design §4). */
export const classSession: Decider<ClassSession, ClassSessionCommand, ReservationsEvent> = {
  initialState: unscheduled,
  decide,
  evolve,
};

function decide(command: ClassSessionCommand, session: ClassSession): ReservationsEvent[] {
  switch (command.do) {
    case 'schedule':
      return schedule(command, session);
    case 'revise':
      return revise(command, session);
    case 'close':
      return close(command, session);
    case 'callOff':
      return callOff(command, session);
    case 'raiseCapacity':
      return raiseCapacity(command, session);
    case 'hold':
      return hold(command, session);
    case 'extendHold':
      return extendHold(command, session);
    case 'releaseHold':
      return releaseHold(command, session);
    case 'lapseHolds':
      return lapses(session, command.now);
    case 'reserve':
      return reserve(command, session);
    case 'moveOut':
      return moveOut(command, session);
    case 'moveIn':
      return moveIn(command, session);
    case 'cancel':
      return cancel(command, session);
    case 'correct':
      return correct(command, session);
  }
}

function evolve(session: ClassSession, event: ReservationsEvent): ClassSession {
  switch (event.type) {
    case 'ClassSessionScheduled':
      return { ...session, plan: event.data };
    case 'ClassSessionRevised': {
      const { changed: _, agreementNumber: __, ...plan } = event.data;
      return { ...session, plan };
    }
    case 'ClassSessionClosed':
      return { ...session, state: 'closed' };
    case 'ClassSessionCalledOff':
      return { ...session, state: 'calledOff' };
    case 'CapacityRaised':
      return { ...session, plan: { ...session.plan!, capacity: event.data.capacity } };
    case 'SeatHeld': {
      const { holdId, seats, expiresAt } = event.data;
      return { ...session, holds: withKey(session.holds, holdId, { seats, expiresAt: Date.parse(expiresAt) }) };
    }
    case 'HoldExtended': {
      const { holdId, expiresAt } = event.data;
      const { seats } = session.holds.get(holdId)!;
      return { ...session, holds: withKey(session.holds, holdId, { seats, expiresAt: Date.parse(expiresAt) }) };
    }
    case 'HoldReleased': {
      const { holdId, seats, cause } = event.data;
      const lapsed = cause === 'lapsed' ? new Set(session.lapsed).add(holdId) : session.lapsed;
      return { ...session, lapsed, holds: taken(session.holds, holdId, seats) };
    }
    case 'ReservationMade':
    case 'ReservationMovedIn': {
      const { reservationId, holdId } = event.data;
      return {
        ...session,
        seats: withKey(session.seats, reservationId, seatIn(event.data)),
        holds: holdId === undefined ? session.holds : taken(session.holds, holdId, 1),
      };
    }
    case 'ApplicantCorrected':
      return { ...session, seats: withKey(session.seats, event.data.reservationId, seatIn(event.data)) };
    case 'ReservationMovedOut':
      return { ...session, seats: without(session.seats, event.data.reservationId) };
    case 'ReservationCancelled': {
      const { reservationId, reservationRevision } = event.data;
      const seat = { ...session.seats.get(reservationId)!, reservationRevision };
      return {
        ...session,
        seats: without(session.seats, reservationId),
        cancelled: withKey(session.cancelled, reservationId, seat),
      };
    }
    default:
      return session;
  }
}

function seatIn({ personId, personVersion, reservationRevision, partyId, postalCodeMissing }: Seat): Seat {
  return {
    ...{ personId, personVersion, reservationRevision },
    ...(partyId !== undefined && { partyId }),
    ...(postalCodeMissing && { postalCodeMissing }),
  };
}

/** The hold after `seats` of it are gone: over when none is left. */
function taken(holds: ClassSession['holds'], holdId: string, seats: number): ClassSession['holds'] {
  const hold = holds.get(holdId);
  if (hold === undefined || hold.seats <= seats) return without(holds, holdId);
  return withKey(holds, holdId, { ...hold, seats: hold.seats - seats });
}

function withKey<Value>(map: ReadonlyMap<string, Value>, key: string, value: Value): ReadonlyMap<string, Value> {
  return new Map(map).set(key, value);
}

function without<Value>(map: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}
