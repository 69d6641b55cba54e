import * as z from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { id, reference } from '../event-fields.js';

/**
 * When a template of the city (受講通知書の様式) passed the doctor and is used from now on: for the term, or for every term
 * that has none of its own. Version 0 is the desk's. One of an earlier term may be chosen by agreement. (R022, §8.8)
 */
export const NoticeTemplateAccepted = defineEvent(
  'NoticeTemplateAccepted',
  z.strictObject({
    termId: z.exactOptional(id),
    /** Counted over all terms, from 1; 0 is the desk's own, chosen again. A batch names it. */
    templateVersion: z.int().min(0),
    /** Of the file. It holds no personal data. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    fields: z.array(z.string().min(1).max(60)).max(100),
    agreementNumber: z.exactOptional(reference),
  }),
);
export type NoticeTemplateAccepted = EventOf<typeof NoticeTemplateAccepted>;
