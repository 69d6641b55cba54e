import * as z from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { code, date, id, reference, timeOfDay } from '../event-fields.js';

const classSession = {
  sessionId: id,
  /** The city's number of the session, the key of its list. (R011) */
  sessionCode: reference,
  /** The consultation day (相談会) that this slot belongs to; slots of one event are offered together. (§8 Class shapes) */
  eventCode: z.exactOptional(reference),
  termId: id,
  courseId: id,
  venueId: id,
  /** 全2回 has two. In order: the first decides term, deadline and posting day. */
  dates: z
    .array(
      z.strictObject({
        date,
        startsAt: timeOfDay,
        endsAt: timeOfDay,
        /** 受付開始時刻, when the door of the session opens; printed on the card of a slot. */
        receptionStartsAt: z.exactOptional(timeOfDay),
      }),
    )
    .min(1)
    .max(20),
  capacity: z.int().min(0).max(9_999),
};

/** When a session is entered, by hand or by an import of the city's list. Open for booking with its term. (R011, R012) */
export const ClassSessionScheduled = defineEvent('ClassSessionScheduled', z.strictObject(classSession));
export type ClassSessionScheduled = EventOf<typeof ClassSessionScheduled>;

/**
 * When the city changes dates, venue, course, codes or capacity; carries the whole session, and `changed` what is
 * different. Capacity may fall below what is booked (定員超過・市指示): nobody loses a seat by this event. (§8.14)
 */
export const ClassSessionRevised = defineEvent(
  'ClassSessionRevised',
  z.strictObject({
    ...classSession,
    changed: z.array(z.enum(['sessionCode', 'eventCode', 'course', 'venue', 'dates', 'capacity'])).min(1),
    agreementNumber: z.exactOptional(reference),
  }),
);
export type ClassSessionRevised = EventOf<typeof ClassSessionRevised>;

/**
 * When a supervisor closes one session: no new bookings, the booked keep their seats. `TermClosed` closes all sessions
 * of the term without this event. (§4.2)
 */
export const ClassSessionClosed = defineEvent(
  'ClassSessionClosed',
  z.strictObject({ sessionId: id, reasonCode: z.exactOptional(code) }),
);
export type ClassSessionClosed = EventOf<typeof ClassSessionClosed>;

/**
 * When the city calls a session off. Its reservations stay until each person is moved or cancelled: they must be
 * told first. (§8.14)
 */
export const ClassSessionCalledOff = defineEvent(
  'ClassSessionCalledOff',
  z.strictObject({
    sessionId: id,
    reasonCode: z.exactOptional(code),
    instructionNumber: z.exactOptional(reference),
  }),
);
export type ClassSessionCalledOff = EventOf<typeof ClassSessionCalledOff>;

/** When a supervisor lets in more than the city's list says: the only way past the capacity. (design §4) */
export const CapacityRaised = defineEvent(
  'CapacityRaised',
  z.strictObject({ sessionId: id, capacity: z.int().min(1).max(9_999), agreementNumber: reference }),
);
export type CapacityRaised = EventOf<typeof CapacityRaised>;
