import * as z from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { id, instant, revision } from '../event-fields.js';

/** Stands for an account of the desk; equal for the same one. */
const actorId = id;

/**
 * When somebody has to be called (折り返し). Whom: the person of a reservation, whose name is asked for where it is
 * shown; or, of `vacancyWish` and `promised`, a sealed name and telephone number in the inquiries service.
 */
export const CallbackRequested = defineEvent(
  'CallbackRequested',
  z.strictObject({
    callbackId: id,
    termId: z.exactOptional(id),
    /**
     * `returnedMail` 返戻; `contactList` 一斉連絡; `vacancyWish` 空き連絡希望, of which nothing is promised; `promised`
     * by an operator.
     */
    cause: z.enum(['returnedMail', 'contactList', 'vacancyWish', 'promised']),
    sessionId: z.exactOptional(id),
    reservationId: z.exactOptional(id),
    reservationRevision: z.exactOptional(revision),
    personId: z.exactOptional(id),
    noticeId: z.exactOptional(id),
    contactListId: z.exactOptional(id),
    callId: z.exactOptional(id),
    /** Called by then; a wish has no such time, nobody promised a call. */
    dueAt: z.exactOptional(instant),
    /** When it ends by itself: the class begins, and what was sealed for a wish is erased. (§8.15) */
    lapsesAt: z.exactOptional(instant),
  }),
);
export type CallbackRequested = EventOf<typeof CallbackRequested>;

/** When somebody was called: 不在／留守電／本人に伝達／家族に伝言／番号違い. */
export const CallbackAttempted = defineEvent(
  'CallbackAttempted',
  z.strictObject({
    callbackId: id,
    attempt: z.int().min(1).max(99),
    result: z.enum(['absent', 'voicemail', 'told', 'toldFamily', 'wrongNumber']),
    /** Absent where the attempt was told of by the contact list. */
    calledBy: z.exactOptional(actorId),
  }),
);
export type CallbackAttempted = EventOf<typeof CallbackAttempted>;

/**
 * When nobody calls any more: `told`; `express`: written to by 速達; `booked` or `notWanted`: what came of a wish;
 * `atVenue`: 会場で案内, not reached in time (§8.6); `withdrawn`: the matter is over; `lapsed`: the class began.
 */
export const CallbackClosed = defineEvent(
  'CallbackClosed',
  z.strictObject({
    callbackId: id,
    result: z.enum(['told', 'express', 'booked', 'notWanted', 'atVenue', 'withdrawn', 'lapsed']),
    closedBy: z.exactOptional(actorId),
  }),
);
export type CallbackClosed = EventOf<typeof CallbackClosed>;
