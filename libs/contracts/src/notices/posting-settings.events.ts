import * as z from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { date, reference, timeOfDay } from '../event-fields.js';

const reason = z.string().min(1).max(200);
const exception = z.strictObject({ date, open: z.boolean(), reason });
const days = z.int().min(0).max(60);

/** When the desk and the city agreed how notices are posted from a day on; carries all of it. (requirements §4.5, §8.4) */
export const PostingSettingsAgreed = defineEvent(
  'PostingSettingsAgreed',
  z.strictObject({
    validFrom: date,
    agreementNumber: z.exactOptional(reference),
    /** 約１週間前. */
    daysAhead: days,
    approveAhead: days,
    freezeAhead: days,
    batchAt: timeOfDay,
    /** The first is where the desk posts. */
    offices: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(60),
          cutOff: timeOfDay,
          leads: z.array(z.strictObject({ destination: z.string().regex(/^\d{0,7}$/), days })).min(1).max(100), // prettier-ignore
        }),
      )
      .min(1)
      .max(10),
    safety: z.array(z.strictObject({ from: date, to: date, days, reason })).max(50),
    deskDays: z.array(exception).max(400),
    deliveryDays: z.array(exception).max(400),
    /** 85 for a card since 2024-10-01. */
    cardYen: z.int().min(1).max(10_000),
    cardStock: z.enum(['postalCard', 'stamped', 'paidSeparately', 'paidLater']),
    /** 返還先 of the cards: an office, never a person. (§8.5) */
    returnAddress: z.exactOptional(z.string().min(1).max(200)),
    /** The agreement under which a single supervisor may approve an own batch, on a second look. */
    singleSupervisorAgreement: z.exactOptional(reference),
  }),
);
export type PostingSettingsAgreed = EventOf<typeof PostingSettingsAgreed>;
