import * as z from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { code, date, id, instant } from '../event-fields.js';

/** Stands for an account of the desk; equal for the same one. */
const actorId = id;

/** 苦情: when somebody complained. What was said is sealed, in the inquiries service. (R043) */
export const ComplaintRaised = defineEvent(
  'ComplaintRaised',
  z.strictObject({
    complaintId: id,
    /** 3 of 苦情 第3号. */
    complaintNumber: z.int().min(1),
    termId: id,
    category: code,
    channel: z.enum(['telephone', 'relay', 'fax', 'proxyCall', 'city', 'paper']),
    receivedAt: instant,
    /** The end of reception (16:00) of the next business day: reported to the city by the 責任者 in a 日次報告書 by then. */
    reportBy: instant,
    inquiryId: z.exactOptional(id),
    callId: z.exactOptional(id),
    reservationId: z.exactOptional(id),
    sessionId: z.exactOptional(id),
    raisedBy: actorId,
  }),
);
export type ComplaintRaised = EventOf<typeof ComplaintRaised>;

/** When the city has to act urgently, flagged with the complaint or later: it is told by telephone at once, by `tellBy`. (R044) */
export const ComplaintMarkedUrgent = defineEvent(
  'ComplaintMarkedUrgent',
  z.strictObject({ complaintId: id, markedBy: actorId, markedAt: instant, tellBy: instant }),
);
export type ComplaintMarkedUrgent = EventOf<typeof ComplaintMarkedUrgent>;

/** When the city was told of an urgent one. Who was told what is sealed. (R044) */
export const ComplaintToldToCity = defineEvent(
  'ComplaintToldToCity',
  z.strictObject({
    complaintId: id,
    toldBy: actorId,
    toldAt: instant,
    means: z.enum(['telephone', 'inPerson', 'fax']),
    /** False: nobody was there, it is tried again. */
    reached: z.boolean(),
    /** Points of the call checklist that were told. */
    checklist: z.array(code).max(20),
    /** From the flag to the call in which the city was reached, minutes by the clock. */
    minutesToReach: z.exactOptional(z.int().min(0)),
  }),
);
export type ComplaintToldToCity = EventOf<typeof ComplaintToldToCity>;

/** When something was added to its record: 対応経過／結果／再発防止／委託者への依頼. The words are sealed. */
export const ComplaintNoted = defineEvent(
  'ComplaintNoted',
  z.strictObject({ complaintId: id, part: z.enum(['course', 'result', 'prevention', 'request']), notedBy: actorId }),
);
export type ComplaintNoted = EventOf<typeof ComplaintNoted>;

/** When the 責任者 reported it in the 日次報告書 of a day. (R043) */
export const ComplaintReported = defineEvent(
  'ComplaintReported',
  z.strictObject({
    complaintId: id,
    reportedBy: actorId,
    reportedAt: instant,
    /** The day of the report it stands in. */
    reportDate: date,
    /** Reported by `reportBy`; must be every one. (requirements §5.1) */
    onTime: z.boolean(),
  }),
);
export type ComplaintReported = EventOf<typeof ComplaintReported>;

/** When nothing is left to do; only after it was reported. */
export const ComplaintClosed = defineEvent(
  'ComplaintClosed',
  z.strictObject({
    complaintId: id,
    closedBy: actorId,
    /** `resolved`; `understood`: the caller accepted that nothing can be done; `takenOver` by the city; `unreachable`. */
    result: z.enum(['resolved', 'understood', 'takenOver', 'unreachable']),
  }),
);
export type ComplaintClosed = EventOf<typeof ComplaintClosed>;
