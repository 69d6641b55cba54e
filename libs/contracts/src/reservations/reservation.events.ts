import * as z from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { code, id, instant, revision } from '../event-fields.js';

/** By which way the wish reached the desk. Only `telephone` counts as an offered call (入電). (§8.11) */
const channel = z.enum(['telephone', 'relay', 'fax', 'proxyCall', 'city', 'paper']);

const of = {
  /** Survives moves. */
  reservationId: id,
  /** 1 for `ReservationMade`, then +1 with every change. One move is one change: both halves carry the same. */
  reservationRevision: revision,
};

/** Everything a consumer must know about a reservation; on every event that places it in a session. */
const place = {
  personId: id,
  /** The version of the person's record that this booking was made with; documents render exactly that one. */
  personVersion: revision,
  /** The attendees of one booking (1–4), who came or went together. Absent for one alone. */
  partyId: z.exactOptional(id),
  /** The record has no postcode yet: blocks printing, not booking. (§8.12) */
  postalCodeMissing: z.exactOptional(z.literal(true)),
};

/** How a change reached the desk, when it was not in the call that is named. */
const origin = {
  callId: z.exactOptional(id),
  channel: z.exactOptional(channel),
  /** When the fax or the paper form arrived, if that was before it was keyed in. (§8.11, §8.17) */
  receivedAt: z.exactOptional(instant),
};

/**
 * When a person has a seat (確定), once for each attendee, all of a party in one commit. With `holdId` it turns one
 * held seat into a reserved one, without it takes a free one. (R010, R012)
 */
export const ReservationMade = defineEvent(
  'ReservationMade',
  z.strictObject({
    sessionId: id,
    ...of,
    ...place,
    ...origin,
    channel,
    holdId: z.exactOptional(id),
    /** The offer of other sessions after which it was made; whether it took one of them, `AlternativesTaken` says. */
    offerId: z.exactOptional(id),
    /** Version of the term's intake form. (R010) */
    formVersion: z.exactOptional(revision),
  }),
);
export type ReservationMade = EventOf<typeof ReservationMade>;

const move = { moveId: id, fromSessionId: id, toSessionId: id };

/**
 * When a person changes to another session: the seat in `fromSessionId` is free. In that session's stream, in one commit
 * with its other half, which may arrive before or after it. Either half alone tells where the person sits now. (R017)
 */
export const ReservationMovedOut = defineEvent(
  'ReservationMovedOut',
  z.strictObject({ ...of, ...move, ...place, ...origin }),
);
export type ReservationMovedOut = EventOf<typeof ReservationMovedOut>;

/** The other half, in the stream of `toSessionId`: a seat there is taken. `holdId` as in `ReservationMade`. */
export const ReservationMovedIn = defineEvent(
  'ReservationMovedIn',
  z.strictObject({ ...of, ...move, ...place, ...origin, holdId: z.exactOptional(id) }),
);
export type ReservationMovedIn = EventOf<typeof ReservationMovedIn>;

/**
 * When one attendee's reservation is cancelled, before or after the telephones close: exactly one seat is free.
 * `reasonCode` from the desk's list: `illness`, `schedule`, `tooFar`, `calledOff`, `other`, … (R017, §8.13)
 */
export const ReservationCancelled = defineEvent(
  'ReservationCancelled',
  z.strictObject({ sessionId: id, ...of, reasonCode: code, ...origin }),
);
export type ReservationCancelled = EventOf<typeof ReservationCancelled>;

/**
 * When the record behind a reservation is corrected (申込内容の訂正): `personVersion` is the one to render from now on.
 * Once for each reservation the correction reaches. `corrected` tells whether a card already posted is wrong. (§8.6, §8.21)
 */
export const ApplicantCorrected = defineEvent(
  'ApplicantCorrected',
  z.strictObject({
    sessionId: id,
    ...of,
    ...place,
    corrected: z.array(z.enum(['name', 'kana', 'phoneNumber', 'address', 'proxy'])).min(1),
    ...origin,
  }),
);
export type ApplicantCorrected = EventOf<typeof ApplicantCorrected>;
