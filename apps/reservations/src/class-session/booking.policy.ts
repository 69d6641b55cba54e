import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import { Refusal } from '#kernel/refusal.js';
import type { CommandOf } from './class-session.commands.js';
import {
  planOf,
  refuseTwice,
  refuseUnlessBookable,
  refuseUnlessFree,
  seatOf,
  seatsLeft,
  twiceInBooking,
  type ClassSession,
} from './class-session.js';
import { expired, lapses, released } from './holding.policy.js';

// Who gets a seat, keeps it and gives it back (design §4, R012, R017).

/** All attendees or none. (§8.11) */
export function reserve(command: CommandOf<'reserve'>, session: ClassSession): ReservationsEvent[] {
  const { attendees, partyId, holdId, offerId, origin, now, term } = command;
  refuseUnlessBookable(session, term, now);
  const { sessionId } = planOf(session);
  for (const { personId } of attendees) refuseTwice(session, personId);
  if (new Set(attendees.map(({ personId }) => personId)).size < attendees.length) {
    throw twiceInBooking();
  }
  const held = takeHeld(session, holdId, attendees.length, now);
  const formVersion = term.plan?.intakeForm?.version;
  const made = attendees.map((attendee, nth): ReservationsEvent => ({
    type: 'ReservationMade',
    data: {
      sessionId,
      ...attendee,
      reservationRevision: 1,
      ...origin,
      ...(partyId !== undefined && { partyId }),
      ...(offerId !== undefined && { offerId }),
      ...(nth < held && { holdId: holdId! }),
      ...(formVersion !== undefined && { formVersion }),
    },
  }));
  return [...lapses(session, now), ...made, ...surplus(session, holdId, held, attendees.length)];
}

export function moveIn(command: CommandOf<'moveIn'>, session: ClassSession): ReservationsEvent[] {
  const { arriving, moveId, fromSessionId, toSessionId, origin, holdId, now, term } = command;
  refuseUnlessBookable(session, term, now);
  refuseTwice(session, arriving.personId);
  const held = takeHeld(session, holdId, 1, now);
  const data = {
    ...arriving,
    ...{ moveId, fromSessionId, toSessionId },
    ...origin,
    ...(held > 0 && { holdId: holdId! }),
  };
  return [...lapses(session, now), { type: 'ReservationMovedIn', data }, ...surplus(session, holdId, held, 1)];
}

export function moveOut(command: CommandOf<'moveOut'>, session: ClassSession): ReservationsEvent[] {
  const { reservationId, moveId, fromSessionId, toSessionId, origin } = command;
  const { reservationRevision, ...seat } = seatOf(session, reservationId);
  return [
    {
      type: 'ReservationMovedOut',
      data: {
        ...{ reservationId, reservationRevision: reservationRevision + 1 },
        ...seat,
        ...{ moveId, fromSessionId, toSessionId },
        ...origin,
      },
    },
  ];
}

/** Frees exactly one seat, once. */
export function cancel(command: CommandOf<'cancel'>, session: ClassSession): ReservationsEvent[] {
  const { reservationId, reasonCode, origin } = command;
  const { reservationRevision } = seatOf(session, reservationId);
  const { sessionId } = planOf(session);
  return [
    {
      type: 'ReservationCancelled',
      data: { sessionId, reservationId, reservationRevision: reservationRevision + 1, reasonCode, ...origin },
    },
  ];
}

/** A person may have several reservations: the command comes to each of their sessions. */
export function correct(command: CommandOf<'correct'>, session: ClassSession): ReservationsEvent[] {
  const { reservationId, personVersion, postalCodeMissing, corrected, origin } = command;
  const seat = seatOf(session, reservationId);
  return [
    {
      type: 'ApplicantCorrected',
      data: {
        sessionId: planOf(session).sessionId,
        reservationId,
        reservationRevision: seat.reservationRevision + 1,
        personId: seat.personId,
        personVersion,
        ...(seat.partyId !== undefined && { partyId: seat.partyId }),
        ...(postalCodeMissing && { postalCodeMissing }),
        corrected: [...corrected],
        ...origin,
      },
    },
  ];
}

/**
 * How many of the seats come out of the hold. One whose time was up is honoured while there is room.
 * @throws Refusal `session-full`, `hold-expired` when room is short and the hold is over, `not-found` for one never taken
 */
function takeHeld(session: ClassSession, holdId: string | undefined, seats: number, now: number): number {
  const hold = holdId === undefined ? undefined : session.holds.get(holdId);
  const living = hold !== undefined && hold.expiresAt > now ? hold.seats : 0;
  const late = holdId !== undefined && living === 0;
  if (late && hold === undefined && !session.lapsed.has(holdId)) {
    throw new Refusal('not-found', 'not-found', 'There is no such hold in this session.', { holdId });
  }
  const fromHold = Math.min(living, seats);
  if (late && seatsLeft(session, now) < seats) throw expired(holdId);
  // Also when all come out of the hold: after a cut by the city (定員超過) no room is left to book it into
  refuseUnlessFree(session, seats - fromHold, now);
  return fromHold;
}

function surplus(session: ClassSession, holdId: string | undefined, held: number, seats: number): ReservationsEvent[] {
  const left = held === 0 ? 0 : session.holds.get(holdId!)!.seats - Math.min(held, seats);
  return left > 0 ? [released(session, holdId!, left, 'surplus')] : [];
}
