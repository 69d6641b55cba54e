import * as z from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { id } from '../event-fields.js';

/**
 * When the city calls a session off or moves it: everybody booked must be told (一斉連絡), in one commit with the change.
 * (§8.14)
 */
export const ContactListStarted = defineEvent(
  'ContactListStarted',
  z.strictObject({
    contactListId: id,
    sessionId: id,
    /** What they are told of. */
    cause: z.enum(['calledOff', 'dates', 'venue']),
    reservationIds: z.array(id).min(1).max(9_999),
  }),
);
export type ContactListStarted = EventOf<typeof ContactListStarted>;

/**
 * When one of them was called: `absent` 不在, `voicemail` 留守電, `told` 本人に伝達, `toldFamily` 家族に伝言, `express`
 * 速達で通知. The last two words of the desk end the matter, `told` and `express`; a family's promise is called again.
 */
export const ContactAttempted = defineEvent(
  'ContactAttempted',
  z.strictObject({
    contactListId: id,
    reservationId: id,
    result: z.enum(['absent', 'voicemail', 'told', 'toldFamily', 'express']),
  }),
);
export type ContactAttempted = EventOf<typeof ContactAttempted>;
