import * as z from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { date, id, reference } from '../event-fields.js';

const count = z.int().min(0).max(99_999);

/** When the day was closed (日次締め): every draft of a call is erased, and nothing that must be none was left over. (§4.2) */
export const DayClosed = defineEvent(
  'DayClosed',
  z.strictObject({
    date,
    closedBy: id,
    /** 削除記録 of the drafts that were left; absent when there were none. */
    deletionRecordId: z.exactOptional(id),
    draftsErased: count,
    callsWithoutCategory: count,
    complaintsDue: count,
  }),
);
export type DayClosed = EventOf<typeof DayClosed>;

/** When the paper of an outage (受付用紙) was printed for a day: forms `1` to `forms`, each seat token from a real hold. (§8.17) */
export const PaperPackPrinted = defineEvent(
  'PaperPackPrinted',
  z.strictObject({
    packId: id,
    date,
    forms: count,
    holds: z.array(z.strictObject({ holdId: id, sessionId: id, seats: z.int().min(1).max(9_999) })).max(2_000),
  }),
);
export type PaperPackPrinted = EventOf<typeof PaperPackPrinted>;

/** When the pack of a day was given back: the tokens that nobody used are free again. */
export const PaperPackReturned = defineEvent(
  'PaperPackReturned',
  z.strictObject({ packId: id, date, formsUsed: count, seatsUsed: count, seatsReleased: count }),
);
export type PaperPackReturned = EventOf<typeof PaperPackReturned>;

/** When the price of the calls (着信課金) was agreed from a day on; carries all of it. (R032) */
export const CallRateAgreed = defineEvent(
  'CallRateAgreed',
  z.strictObject({
    validFrom: date,
    agreementNumber: z.exactOptional(reference),
    /** 1 is charged for every begun unit: 8.5 yen for 180 seconds is `{ unitSeconds: 180, milliYenPerUnit: 8500 }`. */
    unitSeconds: z.int().min(1).max(3_600),
    milliYenPerUnit: z.int().min(0).max(10_000_000),
    monthlyYen: z.int().min(0).max(10_000_000),
  }),
);
export type CallRateAgreed = EventOf<typeof CallRateAgreed>;
