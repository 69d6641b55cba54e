import * as z from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { date, id } from '../event-fields.js';

/** When lines of the queue_log about members were read that were not known before. Nobody else hears it. */
export const StaffLinesHeard = defineEvent(
  'StaffLinesHeard',
  z.strictObject({
    date,
    lines: z
      .array(
        z.strictObject({ at: z.int(), queue: z.string(), member: id, said: z.enum(['in', 'out', 'pause', 'resume']) }),
      )
      .min(1),
  }),
);
export type StaffLinesHeard = EventOf<typeof StaffLinesHeard>;
