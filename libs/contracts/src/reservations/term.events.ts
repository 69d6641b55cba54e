import * as z from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { date, id, instant, reference, text, timeOfDay, title } from '../event-fields.js';

const period = z.strictObject({ from: date, to: date });

const term = {
  termId: id,
  /** The business year, which begins in April: 2025 for 令和7年度. */
  fiscalYear: z.int().min(2000).max(2999),
  /** 1 for 第一期. */
  termNo: z.int().min(1).max(99),
  title,
  /** 受付期間: when the telephones are open. Weekends, holidays and the year-end go out by the calendar. */
  reception: z.strictObject({
    from: date,
    to: date,
    opensAt: timeOfDay,
    closesAt: timeOfDay,
    /** Days on which the city and the desk agreed otherwise than the calendar says. */
    exceptions: z.array(z.strictObject({ date, open: z.boolean(), agreementNumber: z.exactOptional(reference) })),
  }),
  /** Classes that may be booked in this term, by their first date. Without `to`: to the end of the contract. */
  bookableClasses: z.strictObject({ from: date, to: z.exactOptional(date) }),
  /** 発送期間: notices are posted in this window, which is longer than the reception. */
  dispatchWindow: period,
  /** 閉設後連絡先: whom to call when the telephones are closed; printed on the notice. An office, never a person. */
  contactAfterClosing: z.exactOptional(text),
  /** What the intake asks for, by version; `ReservationMade` names the version it was taken with. */
  intakeForm: z.exactOptional(
    z.strictObject({ version: z.int().min(1), requiredFields: z.array(z.string().min(1).max(40)) }),
  ),
  /** The agreement with the city that this plan, or this change of it, rests on. */
  agreementNumber: z.exactOptional(reference),
};

/** When a term is entered for the first time. Nothing can be booked in it before `TermOpened`. (R023–R026) */
export const TermPlanned = defineEvent('TermPlanned', z.strictObject(term));
export type TermPlanned = EventOf<typeof TermPlanned>;

/** When any field of a term changes; carries the whole plan as it is from now on. (R023, R025: by agreement) */
export const TermRevised = defineEvent('TermRevised', z.strictObject(term));
export type TermRevised = EventOf<typeof TermRevised>;

/** What has to be ready before a term may be opened. (R039) */
export const READINESS_ITEMS = ['recordingFormat', 'faq', 'training', 'calendar', 'templates'] as const;

/**
 * When somebody looked whether an item of the readiness list (開設準備) is ready, and found that it is or is not: the recording
 * format (受付記録様式), the FAQ, the training of the staff, the calendar of the reception, the templates. (R039)
 */
export const TermReadinessChecked = defineEvent(
  'TermReadinessChecked',
  z.strictObject({
    termId: id,
    item: z.enum(READINESS_ITEMS),
    ready: z.boolean(),
    /** Stands for an account of the desk; equal for the same one. */
    checkedBy: id,
    checkedAt: instant,
    /** Under which the paper of it is kept. */
    reference: z.exactOptional(reference),
  }),
);
export type TermReadinessChecked = EventOf<typeof TermReadinessChecked>;

/** When the term is opened for booking, once its readiness list is complete. (R039) */
export const TermOpened = defineEvent('TermOpened', z.strictObject({ termId: id }));
export type TermOpened = EventOf<typeof TermOpened>;

/** When the term's intake ends: nothing is booked from here on, cancellations still come; rosters freeze. (R051, §8.13) */
export const TermClosed = defineEvent('TermClosed', z.strictObject({ termId: id }));
export type TermClosed = EventOf<typeof TermClosed>;

/**
 * When the two keys of a term have been destroyed: everything sealed under it is unreadable from now on. Whoever
 * keeps something rendered from it deletes that. (design §6, R041)
 */
export const TermErased = defineEvent(
  'TermErased',
  z.strictObject({ termId: id, instructionNumber: z.exactOptional(reference) }),
);
export type TermErased = EventOf<typeof TermErased>;
