import { EventCatalogue } from '../event-catalogue.js';
import type { EventOf } from '../event-contract.js';
import { Internal } from '../internal.events.js';
import { CallAbandoned, CallAnswered, CallClosed, CallReceived, CallRestated, CallStruck } from './call.events.js';
import { CallRateAgreed, DayClosed, PaperPackPrinted, PaperPackReturned } from './desk-day.events.js';
import { CallbackAttempted, CallbackClosed, CallbackRequested } from './callback.events.js';
import {
  ComplaintClosed,
  ComplaintMarkedUrgent,
  ComplaintNoted,
  ComplaintRaised,
  ComplaintReported,
  ComplaintToldToCity,
} from './complaint.events.js';
import {
  EscalationAnswered,
  EscalationCalledBack,
  EscalationClosed,
  EscalationConfirmed,
  EscalationOpened,
  EscalationSentToCity,
} from './escalation.events.js';
import { FaqCandidateDismissed, FaqDrafted, FaqPublished, FaqRetired, FaqReviewed, FaqSentBack } from './faq.events.js';
import { InquiryCorrected, InquiryRecorded, InquiryTallied, InquiryTallyUndone } from './inquiry.events.js';
import { SeatTimeReported, TrafficReported } from './traffic.events.js';

/** What this service tells others. */
export const inquiriesContracts = [
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
  InquiryRecorded,
  InquiryTallied,
  InquiryTallyUndone,
  InquiryCorrected,
  FaqDrafted,
  FaqPublished,
  FaqSentBack,
  FaqReviewed,
  FaqRetired,
  FaqCandidateDismissed,
  EscalationOpened,
  EscalationConfirmed,
  EscalationSentToCity,
  EscalationAnswered,
  EscalationCalledBack,
  EscalationClosed,
  ComplaintRaised,
  ComplaintMarkedUrgent,
  ComplaintToldToCity,
  ComplaintNoted,
  ComplaintReported,
  ComplaintClosed,
  CallbackRequested,
  CallbackAttempted,
  CallbackClosed,
  Internal,
];

/** Everything on the topic `inquiries.events`, and nothing else. */
export const inquiriesEvents = new EventCatalogue(inquiriesContracts);

/** Any event of the inquiries service, in its newest version. */
export type InquiriesEvent = EventOf<(typeof inquiriesContracts)[number]>;
