import { isDeepStrictEqual } from 'node:util';
import type { ClassSessionRevised } from '#contracts/reservations/class-session.events.js';
import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import { Refusal } from '#kernel/refusal.js';
import type { CommandOf, SessionPlan } from './class-session.commands.js';
import { planOf, type ClassSession } from './class-session.js';
import { released } from './holding.policy.js';

// What the city and the supervisor do to a session as a whole (R011, R012, §8.14).

export function schedule({ plan }: CommandOf<'schedule'>, session: ClassSession): ReservationsEvent[] {
  if (session.plan !== undefined) {
    throw new Refusal('session-code-taken', 'conflict', 'A session of this code is already on the list.', {
      sessionId: session.plan.sessionId,
    });
  }
  return [{ type: 'ClassSessionScheduled', data: plan }];
}

/** Nothing changes when nothing is different; capacity may fall below what is booked, and nobody is dropped. */
export function revise({ plan, agreementNumber }: CommandOf<'revise'>, session: ClassSession): ReservationsEvent[] {
  const current = planOf(session);
  if (session.state === 'calledOff') throw calledOff();
  if (plan.termId !== current.termId || plan.sessionCode !== current.sessionCode) {
    throw new Refusal('session-fixed', 'conflict', 'A session keeps its term and its code. Schedule another one.');
  }
  const changed = changesOf(current, plan);
  if (changed.length === 0) return [];
  const data = { ...plan, changed, ...(agreementNumber !== undefined && { agreementNumber }) };
  return [{ type: 'ClassSessionRevised', data }];
}

/** What is different, in the words of `ClassSessionRevised`. */
export function changesOf(before: SessionPlan, after: SessionPlan): ClassSessionRevised['data']['changed'] {
  const parts = {
    eventCode: [before.eventCode, after.eventCode],
    course: [before.courseId, after.courseId],
    venue: [before.venueId, after.venueId],
    dates: [before.dates, after.dates],
    capacity: [before.capacity, after.capacity],
  } as const;
  return Object.entries(parts)
    .filter(([, [was, is]]) => !isDeepStrictEqual(was, is))
    .map(([part]) => part as keyof typeof parts);
}

export function close({ reasonCode }: CommandOf<'close'>, session: ClassSession): ReservationsEvent[] {
  const { sessionId } = planOf(session);
  if (session.state === 'calledOff') throw calledOff();
  if (session.state === 'closed') return [];
  return [{ type: 'ClassSessionClosed', data: { sessionId, ...(reasonCode !== undefined && { reasonCode }) } }];
}

/** Reservations stay: their people must be told first. What is only held is let go. */
export function callOff(command: CommandOf<'callOff'>, session: ClassSession): ReservationsEvent[] {
  const { sessionId } = planOf(session);
  if (session.state === 'calledOff') return [];
  const { reasonCode, instructionNumber } = command;
  const data = {
    sessionId,
    ...(reasonCode !== undefined && { reasonCode }),
    ...(instructionNumber !== undefined && { instructionNumber }),
  };
  return [
    ...[...session.holds].map(([holdId, { seats }]) => released(session, holdId, seats, 'calledOff')),
    { type: 'ClassSessionCalledOff', data },
  ];
}

/** The only way past the city's number, and only upwards. */
export function raiseCapacity(command: CommandOf<'raiseCapacity'>, session: ClassSession): ReservationsEvent[] {
  const { sessionId, capacity: current } = planOf(session);
  const { capacity, agreementNumber } = command;
  if (session.state === 'calledOff') throw calledOff();
  if (capacity === current) return [];
  if (capacity < current) {
    throw new Refusal('capacity-not-raised', 'conflict', 'The new capacity is below the present one.', {
      capacity: current,
    });
  }
  return [{ type: 'CapacityRaised', data: { sessionId, capacity, agreementNumber } }];
}

function calledOff(): Refusal {
  return new Refusal('session-not-open', 'conflict', 'This session has been called off.', { reason: 'calledOff' });
}
