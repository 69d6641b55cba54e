import type { AnyCatalogue } from './event-catalogue.js';
import { inquiriesEvents } from './inquiries/inquiries.events.js';
import { noticesEvents } from './notices/notices.events.js';
import { reservationsEvents } from './reservations/reservations.events.js';

/** Every topic with what may stand in it. A topic that is not here has no golden files, no schemas and no document. */
export const topics: { readonly [topic: string]: AnyCatalogue } = {
  'reservations.events': reservationsEvents,
  'notices.events': noticesEvents,
  'inquiries.events': inquiriesEvents,
};
