import { EventCatalogue } from '#contracts/event-catalogue.js';
import type { EventOf } from '#contracts/event-contract.js';
import { inquiriesContracts } from '#contracts/inquiries/inquiries.events.js';
import { CallTold, QueueLinesHeard } from '../call/call-told.events.js';
import { StaffLinesHeard } from '../seat-time/staff-lines.events.js';
import { QueueImported } from '../queue-log/importing.events.js';

const contracts = [...inquiriesContracts, CallTold, QueueLinesHeard, QueueImported, StaffLinesHeard];

/** Everything in the log of this service: what it tells others, and what is its own business (it travels as `Internal`). */
export const deskEvents = new EventCatalogue(contracts);
export type DeskEvent = EventOf<(typeof contracts)[number]>;
