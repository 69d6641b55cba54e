import { EventCatalogue } from '../event-catalogue.js';
import type { EventOf } from '../event-contract.js';
import { Internal } from '../internal.events.js';
import { CallAbandoned, CallAnswered, CallClosed, CallReceived, CallRestated, CallStruck } from './call.events.js';
import { CallRateAgreed, DayClosed, PaperPackPrinted, PaperPackReturned } from './desk-day.events.js';
import { SeatTimeReported, TrafficReported } from './traffic.events.js';

const contracts = [
  CallReceived,
  CallAnswered,
  CallAbandoned,
  CallClosed,
  CallRestated,
  CallStruck,
  TrafficReported,
  SeatTimeReported,
  DayClosed,
  PaperPackPrinted,
  PaperPackReturned,
  CallRateAgreed,
  // inquiry, faq, escalation, complaint, callback
  Internal,
];

/** Everything on the topic `inquiries.events`, and nothing else. */
export const inquiriesEvents = new EventCatalogue(contracts);

/** Any event of the inquiries service, in its newest version. */
export type InquiriesEvent = EventOf<(typeof contracts)[number]>;
