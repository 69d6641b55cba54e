import { CallTold, QueueLinesHeard } from './call-told.events.js';
import { inquiriesContracts } from './inquiries.events.js';
import { QueueImported } from './queue-import.events.js';
import { StaffLinesHeard } from './staff-lines.events.js';

/** Everything in the log of this service: what it tells others, and what is its own business (it travels as `Internal`). */
export const inquiriesLogContracts = [...inquiriesContracts, CallTold, QueueLinesHeard, QueueImported, StaffLinesHeard];
