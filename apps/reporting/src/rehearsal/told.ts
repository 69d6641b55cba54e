import { instantOf } from '#calendar/civil-time.js';
import type { InquiriesEvent } from '#contracts/inquiries/inquiries.events.js';
import type { NoticesEvent } from '#contracts/notices/notices.events.js';
import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import { idFrom } from '#kernel/ids.js';
import type { Source } from '../ledger/heard.js';

// Events as the other services write them, for specs: short names stand for ids, `0711 09:05` for an instant of 2025.

/** The id that a short name stands for. */
export const idOf = (name: string) => idFrom('7a9b5a70-5d0c-5c4e-9a52-1c1f5d0f4a01', name);

/** Epoch milliseconds of a time in Tokyo; `0711 09:05` of 2025, `20260105 09:05` of another year. */
export function atTime(when: string): number {
  const [day, time] = when.split(' ') as [string, string];
  const full = day.length === 4 ? `2025${day}` : day;
  return instantOf(`${full.slice(0, 4)}-${full.slice(4, 6)}-${full.slice(6)}`, time);
}
export const instant = (when: string) => new Date(atTime(when)).toISOString();

export interface Told {
  readonly source: Source;
  readonly stream: string;
  readonly at: number;
  readonly type: string;
  readonly data: object;
}

type Data<Event extends { type: string }, Type extends Event['type']> =
  Extract<Event, { type: Type }> extends { data: infer D } ? D : never;

const reservations = <Type extends ReservationsEvent['type']>(
  ...[when, stream, type, data]: [string, string, Type, Data<ReservationsEvent, Type>]
): Told => ({ source: 'reservations', stream, at: atTime(when), type, data: data as object });
const inquiries = <Type extends InquiriesEvent['type']>(
  ...[when, stream, type, data]: [string, string, Type, Data<InquiriesEvent, Type>]
): Told => ({ source: 'inquiries', stream, at: atTime(when), type, data: data as object });
const notices = <Type extends NoticesEvent['type']>(
  ...[when, stream, type, data]: [string, string, Type, Data<NoticesEvent, Type>]
): Told => ({ source: 'notices', stream, at: atTime(when), type, data: data as object });

const inTerm = (name: string) => `term-${idOf(name)}`;
const inSession = (name: string) => `class-session-${idOf(name)}`;
const inCall = (name: string) => `call-${idOf(name)}`;

export const termPlanned = (
  when: string,
  name = 't1',
  reception: readonly [string, string] = ['2025-07-11', '2025-07-25'],
  termNo = 1,
) =>
  reservations(when, inTerm(name), 'TermPlanned', {
    ...{ termId: idOf(name), fiscalYear: 2025, termNo, title: ['', '第一期', '第二期', '第三期'][termNo]! },
    reception: { from: reception[0], to: reception[1], opensAt: '09:00', closesAt: '16:00', exceptions: [] },
    bookableClasses: { from: '2025-08-01' },
    dispatchWindow: { from: reception[0], to: '2025-07-31' },
  });
export const termOpened = (when: string, name = 't1') => reservations(when, inTerm(name), 'TermOpened', { termId: idOf(name) }); // prettier-ignore
export const termClosed = (when: string, name = 't1') => reservations(when, inTerm(name), 'TermClosed', { termId: idOf(name) }); // prettier-ignore
export const venue = (when: string, name = '北区民センター') =>
  reservations(when, `venue-${idOf(name)}`, 'VenueRegistered', {
    ...{ venueId: idOf(name), name, ward: '北区', wardCode: '01102', address: '札幌市北区北24条西6丁目' },
  });
export const course = (when: string, name = 'はじめてのスマホ') =>
  reservations(when, `course-${idOf(name)}`, 'CourseDefined', { courseId: idOf(name), title: name });
export const scheduled = (
  when: string,
  name: string,
  facts: { capacity?: number; venue?: string; date?: string } = {},
) =>
  reservations(when, inSession(name), 'ClassSessionScheduled', {
    ...{ sessionId: idOf(name), sessionCode: name, termId: idOf('t1'), courseId: idOf('はじめてのスマホ') },
    venueId: idOf(facts.venue ?? '北区民センター'),
    dates: [{ date: facts.date ?? '2025-08-05', startsAt: '10:00', endsAt: '12:00' }],
    capacity: facts.capacity ?? 10,
  });
/** A term that is open, a venue and a course. */
export const ground = (): Told[] => [
  ...[termPlanned('0701 09:00'), venue('0701 09:01'), course('0701 09:02'), termOpened('0711 08:50')],
];

export const made = (when: string, session: string, name: string, more: { call?: string; receivedAt?: string } = {}) =>
  reservations(when, inSession(session), 'ReservationMade', {
    ...{ sessionId: idOf(session), reservationId: idOf(name), reservationRevision: 1, personId: idOf(`p-${name}`) },
    ...{ personVersion: 1, channel: 'telephone' },
    ...(more.call !== undefined && { callId: idOf(more.call) }),
    ...(more.receivedAt !== undefined && { receivedAt: instant(more.receivedAt) }),
  });
export const cancelled = (when: string, session: string, name: string, revision = 2) =>
  reservations(when, inSession(session), 'ReservationCancelled', {
    ...{ sessionId: idOf(session), reservationId: idOf(name), reservationRevision: revision, reasonCode: 'illness' },
    channel: 'telephone',
  });
export function moved(when: string, from: string, to: string, name: string, revision = 2): [Told, Told] {
  const data = {
    ...{ reservationId: idOf(name), reservationRevision: revision, personId: idOf(`p-${name}`), personVersion: 1 },
    ...{ moveId: idOf(`${name}-${revision}`), fromSessionId: idOf(from), toSessionId: idOf(to) },
  };
  return [
    reservations(when, inSession(from), 'ReservationMovedOut', data),
    reservations(when, inSession(to), 'ReservationMovedIn', data),
  ];
}
export const termErased = (when: string, name = 't1') =>
  reservations(when, inTerm(name), 'TermErased', { termId: idOf(name), instructionNumber: 'デ企第10号' });
export const personErased = (when: string, name: string) =>
  reservations(when, `person-${idOf(`p-${name}`)}`, 'PersonErased', { personId: idOf(`p-${name}`), instructionNumber: 'デ企第9号' }); // prettier-ignore
export const offered = (when: string, session: string, offer: string, alternatives: readonly string[]) =>
  reservations(when, `offer-${idOf(offer)}`, 'AlternativesOffered', {
    ...{ offerId: idOf(offer), sessionId: idOf(session), seats: 1 },
    alternatives: alternatives.map((name) => ({ sessionId: idOf(name), seatsLeft: 3 })),
  });
export const taken = (when: string, session: string, offer: string, takenSession: string) =>
  reservations(when, `offer-${idOf(offer)}`, 'AlternativesTaken', {
    ...{ offerId: idOf(offer), sessionId: idOf(session), takenSessionId: idOf(takenSession) },
    reservationIds: [idOf(`${offer}-r`)],
  });
export const declined = (when: string, session: string, offer: string, reasonCode = 'tooFar') =>
  reservations(when, `offer-${idOf(offer)}`, 'AlternativesDeclined', {
    ...{ offerId: idOf(offer), sessionId: idOf(session), reasonCode },
  });

type CallEnd = { wait?: number; talk?: number; abandonedAfter?: number; outcome?: 'booked' | 'answered' | 'callback' };
/** A whole call: received, answered and closed, or abandoned. */
export function call(
  when: string,
  name: string,
  { wait, talk = 180, abandonedAfter, outcome = 'booked' }: CallEnd = {},
) {
  const callId = idOf(name);
  const received = inquiries(when, inCall(name), 'CallReceived', {
    ...{ callId, callRevision: 1, source: 'queueLog', channel: 'telephone', receivedAt: instant(when) },
  });
  if (abandonedAfter !== undefined) {
    const gone = {
      ...{ callId, callRevision: 2, abandonedAt: instant(when), waitSeconds: abandonedAfter, cause: 'hungUp' as const },
      ...(abandonedAfter < 5 && { short: true as const }),
    };
    return [received, inquiries(when, inCall(name), 'CallAbandoned', gone)];
  }
  return [
    received,
    inquiries(when, inCall(name), 'CallAnswered', {
      ...{ callId, callRevision: 2, answeredAt: instant(when) },
      ...(wait !== undefined && { waitSeconds: wait }),
    }),
    inquiries(when, inCall(name), 'CallClosed', {
      ...{ callId, callRevision: 3, closedAt: instant(when), talkSeconds: talk, transfers: 0, outcome },
      purpose: 'application',
    }),
  ];
}
export const inquiry = (when: string, name: string, category = 'venue') =>
  inquiries(when, `inquiry-${idOf(name)}`, 'InquiryTallied', {
    ...{ inquiryId: idOf(name), termId: idOf('t1'), channel: 'telephone', receivedAt: instant(when), category },
  });

export const recorded = (
  when: string,
  name: string,
  more: { category?: string; handover?: true; noted?: true; term?: string } = {},
) =>
  inquiries(when, `inquiry-${idOf(name)}`, 'InquiryRecorded', {
    ...{ inquiryId: idOf(name), termId: idOf(more.term ?? 't1'), channel: 'telephone', receivedAt: instant(when) },
    ...{ category: more.category ?? 'venue', outcome: 'answered', firstContactResolution: true },
    ...(more.handover && { handover: more.handover }),
    ...(more.noted && { noted: more.noted }),
  });
export const corrected = (when: string, name: string, category: string, handover: boolean) =>
  inquiries(when, `inquiry-${idOf(name)}`, 'InquiryCorrected', { inquiryId: idOf(name), category, handover });

type EscalationStep = 'EscalationConfirmed' | 'EscalationSentToCity' | 'EscalationAnswered';
const inEscalation = (name: string) => `escalation-${idOf(name)}`;
export const escalated = (when: string, name: string, sheetNumber: number, category = 'venue') =>
  inquiries(when, inEscalation(name), 'EscalationOpened', {
    ...{ escalationId: idOf(name), sheetNumber, termId: idOf('t1'), category, callbackWanted: true },
    ...{ openedBy: idOf('op1'), dueAt: instant(when) },
  });
export const escalationStep = (when: string, name: string, type: EscalationStep, dueAt: string) => {
  const id = { escalationId: idOf(name), dueAt: instant(dueAt) };
  if (type === 'EscalationConfirmed') return inquiries(when, inEscalation(name), type, { ...id, confirmedBy: idOf('m1') }); // prettier-ignore
  if (type === 'EscalationSentToCity') return inquiries(when, inEscalation(name), type, { ...id, sentBy: idOf('m1'), means: 'paper' }); // prettier-ignore
  const answered = { answeredBy: 'city', enteredBy: idOf('m1'), means: 'paper' } as const;
  return inquiries(when, inEscalation(name), type, { ...id, ...answered });
};
export const escalationClosed = (when: string, name: string) =>
  inquiries(when, inEscalation(name), 'EscalationClosed', { escalationId: idOf(name), result: 'told', closedBy: idOf('op1') }); // prettier-ignore

export const complaint = (when: string, name: string) =>
  inquiries(when, `complaint-${idOf(name)}`, 'ComplaintRaised', {
    ...{ complaintId: idOf(name), complaintNumber: 3, termId: idOf('t1'), category: 'venue', channel: 'telephone' },
    ...{ receivedAt: instant(when), reportBy: instant(when), raisedBy: idOf('sv1') },
  });

export const noticeDue = (when: string, session: string, reservation: string, name: string) =>
  notices(when, `notice-${idOf(name)}`, 'NoticeDue', {
    ...{ noticeId: idOf(name), reservationId: idOf(reservation), reservationRevision: 1, sessionId: idOf(session) },
    ...{ personId: idOf(`p-${reservation}`), personVersion: 1, kind: 'first' },
    expected: { arriveBy: '2025-07-29', predictedArrival: '2025-07-22', lane: 'normal' },
  });
export const noticePosted = (
  when: string,
  session: string,
  reservation: string,
  name: string,
  predictedArrival: string,
) =>
  notices(when, `notice-${idOf(name)}`, 'NoticePosted', {
    ...{ noticeId: idOf(name), reservationId: idOf(reservation), reservationRevision: 1, sessionId: idOf(session) },
    ...{ batchId: idOf('b1'), postedOn: '2025-07-18', predictedArrival },
  });
