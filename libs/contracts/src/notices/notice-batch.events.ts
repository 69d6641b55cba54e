import * as z from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { code, date, id, instant, reference } from '../event-fields.js';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const serialNo = z.int().min(1).max(99_999);
const count = z.int().min(0).max(99_999);
/** Stands for an account of the desk; equal for the same one. */
const actorId = id;

/**
 * When a batch (発送束) was made up: its cards in the order of the postman, the first with serial 1. A digest is keyed; the key
 * goes with the term and the person, after which it tells nothing. (design §6)
 */
export const NoticeBatchPrepared = defineEvent(
  'NoticeBatchPrepared',
  z.strictObject({
    batchId: id,
    /** 12 of `B12-0001/0350`. */
    batchNumber: z.int().min(1),
    preparedBy: actorId,
    cards: z
      .array(z.strictObject({ noticeId: id, reservationId: id, digest: hash }))
      .min(1)
      .max(2_000),
    /** Merkle root over the digests, in the order of the serials. */
    hash,
    templateVersion: z.int().min(0),
  }),
);
export type NoticeBatchPrepared = EventOf<typeof NoticeBatchPrepared>;

/** When a card left its batch: after `printed` it has to be pulled out of the pile by hand. */
export const NoticeWithdrawn = defineEvent(
  'NoticeWithdrawn',
  z.strictObject({
    batchId: id,
    noticeId: id,
    serialNo,
    after: z.enum(['prepared', 'approved', 'printed']),
    reason: code,
  }),
);
export type NoticeWithdrawn = EventOf<typeof NoticeWithdrawn>;

/** When the maker looked at an own batch, under an agreement for a single supervisor: the second look may approve it. */
export const NoticeBatchInspected = defineEvent(
  'NoticeBatchInspected',
  z.strictObject({ batchId: id, inspectedBy: actorId, inspectedAt: instant, count, hash }),
);
export type NoticeBatchInspected = EventOf<typeof NoticeBatchInspected>;

/** When the supervisor let exactly these cards be posted: the root binds their contents. (R028) */
export const NoticeBatchApproved = defineEvent(
  'NoticeBatchApproved',
  z.strictObject({
    batchId: id,
    approvedBy: actorId,
    count,
    hash,
    /** Of the agreement by which the maker approved. */
    agreementNumber: z.exactOptional(reference),
  }),
);
export type NoticeBatchApproved = EventOf<typeof NoticeBatchApproved>;

export const NoticeBatchSentBack = defineEvent(
  'NoticeBatchSentBack',
  z.strictObject({ batchId: id, sentBackBy: actorId, reasonCode: code }),
);
export type NoticeBatchSentBack = EventOf<typeof NoticeBatchSentBack>;

/**
 * When it was printed: `good` cards, `spoiled` (印刷損じ) shredded; good + spoiled sheets are used. More good ones than are
 * still in the batch: those that left it after the approval are in the pile and have to be pulled out (抜取り).
 */
export const NoticeBatchPrinted = defineEvent(
  'NoticeBatchPrinted',
  z.strictObject({ batchId: id, printedBy: actorId, good: count, spoiled: count }),
);
export type NoticeBatchPrinted = EventOf<typeof NoticeBatchPrinted>;

/** When serials were printed once more: each replaces a spoiled card, so the pile does not grow. */
export const NoticeBatchReprinted = defineEvent(
  'NoticeBatchReprinted',
  z.strictObject({
    batchId: id,
    fromSerial: serialNo,
    toSerial: serialNo,
    reason: z.enum(['jam', 'soiled', 'changed']),
    spoiled: count,
    /** The second person, who saw the old cards destroyed (破棄確認). (§8.3) */
    confirmedBy: actorId,
  }),
);
export type NoticeBatchReprinted = EventOf<typeof NoticeBatchReprinted>;

/** When the post took the pile: good - excluded = count on the receipt. (§8.3, §8.4, §8.7, R038) */
export const NoticeBatchPosted = defineEvent(
  'NoticeBatchPosted',
  z.strictObject({
    batchId: id,
    postedBy: actorId,
    postedOn: date,
    office: z.string().min(1).max(60),
    count,
    /** 抜取り済: every serial that was voided after printing. */
    excludedSerials: z.array(serialNo).max(2_000),
    cardStock: z.enum(['postalCard', 'stamped', 'paidSeparately', 'paidLater']),
    /** Number of the 受領証 or 差出票控. */
    receiptNumber: z.exactOptional(reference),
    rateYen: z.int().min(0).max(100_000),
    /** Of `count`, those sent by express (速達), at this much more each. */
    express: z.exactOptional(z.strictObject({ count, rateYen: z.int().min(0).max(100_000) })),
    /** count × rate + express × its rate. */
    postageYen: z.int().min(0),
  }),
);
export type NoticeBatchPosted = EventOf<typeof NoticeBatchPosted>;
