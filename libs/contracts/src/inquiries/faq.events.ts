import * as z from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { code, date, id, revision, text } from '../event-fields.js';

/** Stands for an account of the desk; equal for the same one. */
const actorId = id;

/** What may be read out to anyone: never about a person, so it is not sealed. (design §4) */
const entry = {
  /** 番号 on the city's list, or given by the desk; unique among the entries that are not retired. */
  faqNo: z.string().min(1).max(60),
  /** An entry of `INQUIRY_CATEGORIES`. */
  category: code,
  question: z.string().min(1).max(1_000),
  answer: text,
  /** Other words people use for it; they are searched too. */
  keywords: z.array(z.string().min(1).max(60)).max(50),
  /** Shown from this day and to this day, both included. Without: always. */
  validFrom: z.exactOptional(date),
  validTo: z.exactOptional(date),
  /** By this day somebody looks whether it still holds. (R019) */
  reviewBy: z.exactOptional(date),
};

/**
 * When a version of an entry was written, by the desk or by reading the city's list; nobody is shown it before it is
 * published. Every writing is a version of its own, so that what is approved is exactly what was read.
 */
export const FaqDrafted = defineEvent(
  'FaqDrafted',
  z.strictObject({
    faqId: id,
    /** From 1. */
    version: revision,
    ...entry,
    source: z.enum(['city', 'desk']),
    draftedBy: actorId,
    /** The question that was asked often and not answered by any entry. */
    unlistedTopicId: z.exactOptional(id),
    /** All entries of one list have the same. */
    importId: z.exactOptional(id),
  }),
);
export type FaqDrafted = EventOf<typeof FaqDrafted>;

/** When a supervisor who did not write it approved a version: it is answered from now on, within its validity. (R019) */
export const FaqPublished = defineEvent(
  'FaqPublished',
  z.strictObject({ faqId: id, version: revision, approvedBy: actorId }),
);
export type FaqPublished = EventOf<typeof FaqPublished>;

/** When a supervisor gave a draft back to be written anew, or to be dropped. What was published before stays. */
export const FaqSentBack = defineEvent(
  'FaqSentBack',
  z.strictObject({ faqId: id, version: revision, sentBackBy: actorId, reasonCode: code }),
);
export type FaqSentBack = EventOf<typeof FaqSentBack>;

/** When somebody found that the published version still holds; looked at again by `reviewBy`. */
export const FaqReviewed = defineEvent(
  'FaqReviewed',
  z.strictObject({ faqId: id, version: revision, reviewedBy: actorId, reviewBy: date }),
);
export type FaqReviewed = EventOf<typeof FaqReviewed>;

/** When an entry is answered no more: outdated, or taken up by another. Its versions stay readable. (R019) */
export const FaqRetired = defineEvent(
  'FaqRetired',
  z.strictObject({ faqId: id, version: revision, retiredBy: actorId, reasonCode: code }),
);
export type FaqRetired = EventOf<typeof FaqRetired>;

/** When an unlisted question was judged not worth an entry: it leaves the list of candidates until it is asked again as often. */
export const FaqCandidateDismissed = defineEvent(
  'FaqCandidateDismissed',
  z.strictObject({ unlistedTopicId: id, termId: id, dismissedBy: actorId, timesAsked: z.int().min(0) }),
);
export type FaqCandidateDismissed = EventOf<typeof FaqCandidateDismissed>;
