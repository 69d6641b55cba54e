import { EventCatalogue } from '#contracts/event-catalogue.js';
import type { EventOf } from '#contracts/event-contract.js';
import { inquiriesLogContracts } from '#contracts/inquiries/inquiries-log.events.js';

/** Everything in the log of this service. */
export const deskEvents = new EventCatalogue(inquiriesLogContracts);
export type DeskEvent = EventOf<(typeof inquiriesLogContracts)[number]>;
