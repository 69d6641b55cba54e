import * as z from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { code, id } from '../event-fields.js';

const offer = {
  offerId: id,
  /** The session the caller asked for. */
  sessionId: id,
};

/**
 * When a full session was answered with others (他会場のご案内), best first. No distance, no postcode and no need of the
 * caller: three distances to known venues are a home address. (R013)
 */
export const AlternativesOffered = defineEvent(
  'AlternativesOffered',
  z.strictObject({
    ...offer,
    /** How many seats the caller wanted. */
    seats: z.int().min(1).max(4),
    /** Empty when there was none to offer. */
    alternatives: z.array(z.strictObject({ sessionId: id, seatsLeft: z.int().min(0) })).max(50),
    callId: z.exactOptional(id),
  }),
);
export type AlternativesOffered = EventOf<typeof AlternativesOffered>;

/**
 * When a booking that names the offer is made in another session, in one commit with it; `takenSessionId` need not be
 * among those offered. Room in the session that was asked for after all leaves the offer as it is.
 */
export const AlternativesTaken = defineEvent(
  'AlternativesTaken',
  z.strictObject({ ...offer, takenSessionId: id, reservationIds: z.array(id).min(1).max(4) }),
);
export type AlternativesTaken = EventOf<typeof AlternativesTaken>;

/** When the caller wants none of them. `reasonCode` from the desk's list, such as `tooFar`, `dateUnsuitable`. (R013) */
export const AlternativesDeclined = defineEvent('AlternativesDeclined', z.strictObject({ ...offer, reasonCode: code }));
export type AlternativesDeclined = EventOf<typeof AlternativesDeclined>;
