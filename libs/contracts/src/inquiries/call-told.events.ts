import * as z from 'zod';
import { callFields } from './call.events.js';
import { defineEvent, type EventOf } from '../event-contract.js';
import { id } from '../event-fields.js';

// What this service remembers of who told what, so that the account of a call is the same in whatever order it was learnt.
// Nobody else hears these: they travel as Internal.

/** When a screen or a list told of a call: all that it has told so far. */
export const CallTold = defineEvent('CallTold', z.strictObject({ callId: id, ...callFields }));
export type CallTold = EventOf<typeof CallTold>;

/** When lines of the queue_log about a call were read that were not known before. */
export const QueueLinesHeard = defineEvent(
  'QueueLinesHeard',
  z.strictObject({
    callId: id,
    facts: z
      .array(
        z.strictObject({
          at: z.int(),
          queue: z.string(),
          said: z.enum(['entered', 'connected', 'completed', 'transferred', 'abandoned', 'timeout', 'key', 'empty']),
          member: z.exactOptional(id),
          waitSeconds: z.exactOptional(z.int()),
          talkSeconds: z.exactOptional(z.int()),
        }),
      )
      .min(1),
  }),
);
export type QueueLinesHeard = EventOf<typeof QueueLinesHeard>;
