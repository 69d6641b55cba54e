import { streamTypesIn } from '#platform/hosting/event-streams.js';
import { streamRef } from '#platform/lane/lane-command.js';
import { call } from '../call/call.decider.js';
import { callRates } from '../call-cost/call-rate.decider.js';
import { callback } from '../callback/callback.decider.js';
import { complaint } from '../complaint/complaint.decider.js';
import { escalation } from '../escalation/escalation.decider.js';
import { candidate } from '../faq/candidate.decider.js';
import { faq } from '../faq/faq.decider.js';
import { inquiry } from '../inquiry/inquiry.decider.js';
import { deskDay } from '../desk-day/desk-day.decider.js';
import { paperPack } from '../paper-pack/paper-pack.decider.js';
import { importing } from '../queue-log/importing.decider.js';
import { seatTime } from '../seat-time/seat-time.decider.js';
import { traffic } from '../traffic/traffic.decider.js';
import { deskEvents, type DeskEvent } from './desk-events.js';

// What is decided together, and under which name it stands in the log (design §4).

const streamType = streamTypesIn<DeskEvent>(deskEvents);

const calls = streamType('call', call);
const callRateBook = streamType('call-rates', callRates);
const deskDays = streamType('desk-day', deskDay);
const paperPacks = streamType('paper-pack', paperPack);
const seatTimes = streamType('seat-time', seatTime);
const traffics = streamType('traffic', traffic);
const imports = streamType('call-import', importing);
const inquiries = streamType('inquiry', inquiry);
const escalations = streamType('escalation', escalation);
const complaints = streamType('complaint', complaint);
const callbacks = streamType('callback', callback);
const faqs = streamType('faq', faq);
const candidates = streamType('faq-candidate', candidate);

export const callStream = (callId: string) => streamRef(calls, callId);
/** One for all days: a rate holds from a day on. */
export const callRatesStream = () => streamRef(callRateBook, 'desk');
export const deskDayStream = (date: string) => streamRef(deskDays, date);
export const paperPackStream = (packId: string) => streamRef(paperPacks, packId);
export const seatTimeStream = (seatTimeId: string) => streamRef(seatTimes, seatTimeId);
export const trafficStream = (trafficId: string) => streamRef(traffics, trafficId);
/** One for all: files are taken in one after another. */
export const importStream = () => streamRef(imports, 'queue-log');
export const inquiryStream = (inquiryId: string) => streamRef(inquiries, inquiryId);
export const escalationStream = (escalationId: string) => streamRef(escalations, escalationId);
export const complaintStream = (complaintId: string) => streamRef(complaints, complaintId);
export const callbackStream = (callbackId: string) => streamRef(callbacks, callbackId);
export const faqStream = (faqId: string) => streamRef(faqs, faqId);
export const candidateStream = (unlistedTopicId: string) => streamRef(candidates, unlistedTopicId);
