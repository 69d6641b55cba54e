import * as z from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { id, instant } from '../event-fields.js';

const seats = z.int().min(1).max(9_999);

/**
 * When seats are held (仮押さえ) before the operator asks for a name. They count against the capacity until they are
 * booked or released; every hold ends by one of the two. (design §4, §4.1 step 2)
 */
export const SeatHeld = defineEvent(
  'SeatHeld',
  z.strictObject({
    sessionId: id,
    holdId: id,
    /** 1–4 for a call; more for the seat tokens of the paper pack. (§8.17) */
    seats,
    expiresAt: instant,
    callId: z.exactOptional(id),
    offerId: z.exactOptional(id),
  }),
);
export type SeatHeld = EventOf<typeof SeatHeld>;

/** When a hold that has not expired is given more time; `expiresAt` replaces the earlier one. */
export const HoldExtended = defineEvent(
  'HoldExtended',
  z.strictObject({ sessionId: id, holdId: id, expiresAt: instant }),
);
export type HoldExtended = EventOf<typeof HoldExtended>;

/**
 * When held seats become free without being booked; `seats` of them. The hold is over with it.
 * `lapsed`: the time was up, written by the sweeper or by the next decision on the session, whichever came first.
 * `surplus`: a booking took fewer than were held; in one commit with it. `released`: the operator let go.
 * `calledOff`: the session is.
 */
export const HoldReleased = defineEvent(
  'HoldReleased',
  z.strictObject({
    sessionId: id,
    holdId: id,
    seats,
    cause: z.enum(['released', 'lapsed', 'surplus', 'calledOff']),
  }),
);
export type HoldReleased = EventOf<typeof HoldReleased>;
