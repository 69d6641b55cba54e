import * as z from 'zod';
import { defineEvent, type EventOf } from './event-contract.js';

/**
 * An event that is nobody else's business. It travels under its own place and id, so that sequences stay dense and
 * stream versions contiguous, but says nothing (design §3). In the catalogue of every publisher.
 */
export const Internal = defineEvent('Internal', z.strictObject({}));
export type Internal = EventOf<typeof Internal>;
