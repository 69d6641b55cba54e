import * as z from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { code, id, instant, revision } from '../event-fields.js';

/** 電話／電話リレーサービス／ＦＡＸ／代理電話／市経由／紙控え. Only telephone counts as 入電. (§8.11) */
const channel = z.enum(['telephone', 'relay', 'fax', 'proxyCall', 'city', 'paper']);

/**
 * When a question was answered or passed on, with what it was about and what came of it: no inquiry is closed without.
 * (R016, R036)
 */
export const InquiryRecorded = defineEvent(
  'InquiryRecorded',
  z.strictObject({
    inquiryId: id,
    termId: id,
    /** A call may hold several. */
    callId: z.exactOptional(id),
    channel,
    /** When it was asked: of a paper form the time that stands on it. Day and slot follow from it. */
    receivedAt: instant,
    /** An entry of `INQUIRY_CATEGORIES`. */
    category: code,
    /** `referred`: the caller was given another office's number. `declined`: お答えできません. (§8.10) */
    outcome: z.enum(['answered', 'referred', 'declined', 'callback', 'escalated', 'complaint']),
    /** 一次解決: closed in the desk, without escalation, complaint or call-back. */
    firstContactResolution: z.boolean(),
    /** The entry it was answered from, and the version that was read out. */
    faq: z.exactOptional(z.strictObject({ faqId: id, version: revision })),
    /** 未掲載: no entry answers it. Equal for the same question in a term; a keyed hash, its key goes with the term. (R019) */
    unlistedTopicId: z.exactOptional(id),
    sessionId: z.exactOptional(id),
    venueId: z.exactOptional(id),
    courseId: z.exactOptional(id),
    reservationId: z.exactOptional(id),
    /** 重要な記録: handed over to the city at the end. (R041) */
    handover: z.exactOptional(z.literal(true)),
    /** What was asked is written down, sealed, in the inquiries service. */
    noted: z.exactOptional(z.literal(true)),
  }),
);
export type InquiryRecorded = EventOf<typeof InquiryRecorded>;

/** When a simple question was only counted, by one key. (R040) */
export const InquiryTallied = defineEvent(
  'InquiryTallied',
  z.strictObject({
    inquiryId: id,
    termId: id,
    callId: z.exactOptional(id),
    channel,
    receivedAt: instant,
    /** An entry of `TALLY_CATEGORIES`. */
    category: code,
  }),
);
export type InquiryTallied = EventOf<typeof InquiryTallied>;

/** When a tally was taken back: the wrong key. It no longer counts. */
export const InquiryTallyUndone = defineEvent('InquiryTallyUndone', z.strictObject({ inquiryId: id }));
export type InquiryTallyUndone = EventOf<typeof InquiryTallyUndone>;

/** When the category or the flag of a recorded inquiry was put right; both as they are from now on. */
export const InquiryCorrected = defineEvent(
  'InquiryCorrected',
  z.strictObject({ inquiryId: id, category: code, handover: z.boolean() }),
);
export type InquiryCorrected = EventOf<typeof InquiryCorrected>;
