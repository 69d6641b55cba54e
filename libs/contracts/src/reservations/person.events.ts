import * as z from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { id, reference } from '../event-fields.js';

/**
 * When the key of one person has been destroyed and the id stands in the erasure ledger. The person's reservations
 * remain as facts without a name. Whoever keeps something rendered from the record deletes that. (design §6, §8.21)
 */
export const PersonErased = defineEvent(
  'PersonErased',
  z.strictObject({ personId: id, instructionNumber: z.exactOptional(reference) }),
);
export type PersonErased = EventOf<typeof PersonErased>;
