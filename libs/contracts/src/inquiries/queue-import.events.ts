import * as z from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';

/** When a part of a file was taken in that told anything new. The file itself is not kept. */
export const QueueImported = defineEvent(
  'QueueImported',
  z.strictObject({ digest: z.string(), from: z.int(), calls: z.int() }),
);
export type QueueImported = EventOf<typeof QueueImported>;
