import * as z from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { date, id, reference, revision } from '../event-fields.js';

/** 通常／1週間前に間に合わない／受講日前日までに届かない. (§8.2) */
const lane = z.enum(['normal', 'late', 'tooLate']);

const of = {
  noticeId: id,
  reservationId: id,
  /** The revision of the reservation that the notice tells of. */
  reservationRevision: revision,
};

/** Place in its batch, from 1: `B12-0001` is the first card. */
const serialNo = z.int().min(1).max(99_999);

/**
 * When somebody has to be told by post: booked, moved, corrected, or the city changed the class. A reservation has at most
 * one notice that is neither posted nor voided. (R020, R021)
 */
export const NoticeDue = defineEvent(
  'NoticeDue',
  z.strictObject({
    ...of,
    sessionId: id,
    personId: id,
    /** The document is rendered from exactly this version of the record. */
    personVersion: revision,
    /** 初回／差し替え（先の通知書は破棄）／再発行. */
    kind: z.enum(['first', 'replacement', 'reissue']),
    /** The posted notice that this one takes the place of. */
    replaces: z.exactOptional(id),
    /** Blocks printing until the record is corrected. (§8.12) */
    postalCodeMissing: z.exactOptional(z.literal(true)),
    /** As expected when it became due. Absent where the desk has no posting settings. */
    expected: z.exactOptional(z.strictObject({ arriveBy: date, predictedArrival: date, lane })),
  }),
);
export type NoticeDue = EventOf<typeof NoticeDue>;

/** When a notice that was not posted must not be: after printing its card is pulled out (抜取り). (§8.3) */
export const NoticeVoided = defineEvent(
  'NoticeVoided',
  z.strictObject({
    ...of,
    reason: z.enum(['cancelled', 'moved', 'corrected', 'sessionRevised', 'calledOff', 'changed', 'erased']),
    /** Where a card of it may have been printed. */
    batchId: z.exactOptional(id),
    serialNo: z.exactOptional(serialNo),
  }),
);
export type NoticeVoided = EventOf<typeof NoticeVoided>;

/** When a reservation ended of which no notice is open: nothing is posted for it any more. */
export const NoticeNotNeeded = defineEvent(
  'NoticeNotNeeded',
  z.strictObject({ reservationId: id, reservationRevision: revision }),
);
export type NoticeNotNeeded = EventOf<typeof NoticeNotNeeded>;

/** When a notice got its place in a batch. `warnings` from the soft proof, codes only. */
export const NoticeDrafted = defineEvent(
  'NoticeDrafted',
  z.strictObject({
    ...of,
    batchId: id,
    serialNo,
    warnings: z.array(z.string().regex(/^[a-z][A-Za-z]{0,39}$/)).max(20),
  }),
);
export type NoticeDrafted = EventOf<typeof NoticeDrafted>;

/** When a notice that was not printed leaves its batch and is due again: the batch went back, or its text changed. */
export const NoticeDropped = defineEvent(
  'NoticeDropped',
  z.strictObject({ ...of, batchId: id, reason: z.enum(['sentBack', 'changed']) }),
);
export type NoticeDropped = EventOf<typeof NoticeDropped>;

export const NoticePrinted = defineEvent('NoticePrinted', z.strictObject({ ...of, batchId: id, serialNo }));
export type NoticePrinted = EventOf<typeof NoticePrinted>;

/** When the post took it. */
export const NoticePosted = defineEvent(
  'NoticePosted',
  z.strictObject({
    ...of,
    sessionId: id,
    batchId: id,
    postedOn: date,
    /** お届け見込み日: before it, whoever calls is asked to wait. (§4.4.9) */
    predictedArrival: z.exactOptional(date),
  }),
);
export type NoticePosted = EventOf<typeof NoticePosted>;

/** When the post brought it back. Somebody has to call the person. (§8.6) */
export const NoticeReturned = defineEvent(
  'NoticeReturned',
  z.strictObject({
    ...of,
    sessionId: id,
    personId: id,
    /** As printed on it: あて所に尋ねあたりません／転居先不明／受取拒絶／保管期間経過／料金不足／その他. */
    reason: z.enum(['unknownAddress', 'moved', 'refused', 'retentionExpired', 'postageDue', 'other']),
  }),
);
export type NoticeReturned = EventOf<typeof NoticeReturned>;

/** When a posted notice is sent once more; `NoticeDue` of the new one follows in the same commit. */
export const NoticeReissued = defineEvent(
  'NoticeReissued',
  z.strictObject({ ...of, newNoticeId: id, cause: z.enum(['returned', 'notArrived', 'damaged', 'replaced']) }),
);
export type NoticeReissued = EventOf<typeof NoticeReissued>;

/**
 * When a supervisor chose how a late notice (直前受付) is told: by express (速達), by telephone alone, which the city has
 * agreed to, or by the post as usual after all. (§8.2)
 */
export const NoticeHandlingChosen = defineEvent(
  'NoticeHandlingChosen',
  z.strictObject({
    ...of,
    handling: z.enum(['post', 'express', 'telephone']),
    agreementNumber: z.exactOptional(reference),
  }),
);
export type NoticeHandlingChosen = EventOf<typeof NoticeHandlingChosen>;

/** When the whole notice was read out to the person (電話案内済). (§8.2) */
export const NoticeReadOut = defineEvent('NoticeReadOut', z.strictObject({ ...of }));
export type NoticeReadOut = EventOf<typeof NoticeReadOut>;
