import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import { Refusal } from '#kernel/refusal.js';
import type { CommandOf } from './class-session.commands.js';
import { overdue, planOf, refuseUnlessBookable, refuseUnlessFree, type ClassSession } from './class-session.js';

// Seat first, person second: what a hold is and how it ends (design §4 "Holds", §4.1 step 2).

export function hold(command: CommandOf<'hold'>, session: ClassSession): ReservationsEvent[] {
  const { holdId, seats, now, term, callId, offerId } = command;
  refuseUnlessBookable(session, term, now);
  refuseUnlessFree(session, seats, now);
  const data = {
    sessionId: planOf(session).sessionId,
    holdId,
    seats,
    expiresAt: new Date(command.expiresAt).toISOString(),
    ...(callId !== undefined && { callId }),
    ...(offerId !== undefined && { offerId }),
  };
  return [...lapses(session, now), { type: 'SeatHeld', data }];
}

export function extendHold(command: CommandOf<'extendHold'>, session: ClassSession): ReservationsEvent[] {
  const held = heldBy(command.holdId, session);
  if (held === undefined || held.expiresAt <= command.now) throw expired(command.holdId);
  if (command.expiresAt <= held.expiresAt) return [];
  const { sessionId } = planOf(session);
  const expiresAt = new Date(command.expiresAt).toISOString();
  return [{ type: 'HoldExtended', data: { sessionId, holdId: command.holdId, expiresAt } }];
}

/** A hold that is already over is let go again without a word: the operator wanted it gone. */
export function releaseHold({ holdId }: CommandOf<'releaseHold'>, session: ClassSession): ReservationsEvent[] {
  const held = heldBy(holdId, session);
  return held === undefined ? [] : [released(session, holdId, held.seats, 'released')];
}

/** A no-op after an extension: only what is over at `now` goes. */
export function lapses(session: ClassSession, now: number): ReservationsEvent[] {
  return overdue(session, now).map(([holdId, { seats }]) => released(session, holdId, seats, 'lapsed'));
}

export function released(
  session: ClassSession,
  holdId: string,
  seats: number,
  cause: 'released' | 'lapsed' | 'surplus' | 'calledOff',
): ReservationsEvent {
  return { type: 'HoldReleased', data: { sessionId: planOf(session).sessionId, holdId, seats, cause } };
}

export function expired(holdId: string): Refusal {
  return new Refusal('hold-expired', 'conflict', 'The hold is over. Hold a seat again.', { holdId });
}

function heldBy(holdId: string, session: ClassSession) {
  planOf(session);
  return session.holds.get(holdId);
}
