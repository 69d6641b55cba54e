import * as z from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { date, reference, timeOfDay } from '../event-fields.js';

const reason = z.string().min(1).max(200);
const exception = z.strictObject({ date, open: z.boolean(), reason });
const line = z.string().min(1).max(100);
const millimetres = z.number().min(-20).max(20);
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
    /** More for express (速達): 300 since 2024-10-01. Absent: the desk posts none. */
    expressYen: z.exactOptional(z.int().min(1).max(10_000)),
    cardStock: z.enum(['postalCard', 'stamped', 'paidSeparately', 'paidLater']),
    /** 差出人 and 返還先 of the cards: an office, never a person. (§8.5) */
    sender: z.strictObject({
      name: line,
      section: z.exactOptional(line),
      postalCode: z.string().regex(/^\d{7}$/),
      address: line,
    }),
    /** Whom to call, as printed on the card: number and hours. */
    reception: z.string().min(1).max(200),
    /** 郵便番号枠: drawn, or only filled in on cards that have it printed; millimetres from the edges of the card. */
    frame: z.exactOptional(z.strictObject({ drawn: z.boolean(), right: millimetres, top: millimetres })),
    /** Moves everything on the address side, for a printer that feeds a little off; millimetres. */
    shift: z.exactOptional(z.strictObject({ right: millimetres, down: millimetres })),
    /** The agreement under which a single supervisor may approve an own batch, on a second look. */
    singleSupervisorAgreement: z.exactOptional(reference),
  }),
);
export type PostingSettingsAgreed = EventOf<typeof PostingSettingsAgreed>;
