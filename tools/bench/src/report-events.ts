import { idFrom } from '#kernel/ids.js';
import type { Stored } from './reporting-desk.js';

const NAMES = '3f1d8f40-42bb-5b67-8d2e-7a4d7f2b1c10';
const idOf = (name: string) => idFrom(NAMES, name);
const instant = (at: number) => new Date(at).toISOString();
/** The open days of the first term of the specification. */
export const OPEN_DAYS = ['11', '14', '15', '16', '17', '18', '22', '23', '24', '25'].map((day) => `2025-07-${day}`);
export const TERM = idOf('term');

const planned = Date.parse('2025-07-01T00:00:00Z');

/** A term with some sessions at a dozen venues. */
export function plan(sessions: number, capacity: number): Stored[] {
  const venues = Array.from({ length: 12 }, (_, n) => idOf(`venue-${n}`));
  const courses = Array.from({ length: 5 }, (_, n) => idOf(`course-${n}`));
  const of = (stream: string, type: string, data: object): Stored => ({ stream, type, data, at: planned });
  return [
    of(`term-${TERM}`, 'TermPlanned', {
      ...{ termId: TERM, fiscalYear: 2025, termNo: 1, title: '第一期' },
      reception: { from: '2025-07-11', to: '2025-07-25', opensAt: '09:00', closesAt: '16:00', exceptions: [] },
      bookableClasses: { from: '2025-08-01' },
      dispatchWindow: { from: '2025-07-11', to: '2025-07-31' },
    }),
    of(`term-${TERM}`, 'TermOpened', { termId: TERM }),
    ...venues.map((venueId, n) =>
      of(`venue-${venueId}`, 'VenueRegistered', {
        ...{ venueId, name: `第${n + 1}会館`, ward: '北区', wardCode: '01102', address: '札幌市北区' },
      }),
    ),
    ...courses.map((courseId, n) => of(`course-${courseId}`, 'CourseDefined', { courseId, title: `講座${n + 1}` })),
    ...Array.from({ length: sessions }, (_, n) =>
      of(`class-session-${idOf(`session-${n}`)}`, 'ClassSessionScheduled', {
        ...{ sessionId: idOf(`session-${n}`), sessionCode: `S${n}`, termId: TERM, capacity },
        ...{ courseId: courses[n % 5]!, venueId: venues[n % 12]! },
        dates: [{ date: `2025-08-${String((n % 28) + 1).padStart(2, '0')}`, startsAt: '10:00', endsAt: '12:00' }],
      }),
    ),
  ];
}

/** Bookings spread over the sessions and the open days. */
export function bookings(count: number, sessions: number): Stored[] {
  return Array.from({ length: count }, (_, n) => {
    const sessionId = idOf(`session-${n % sessions}`);
    const at = callAt(n, count);
    const data = {
      ...{ sessionId, reservationId: idOf(`r-${n}`), reservationRevision: 1, personId: idOf(`p-${n}`) },
      ...{ personVersion: 1, channel: 'telephone', callId: idOf(`c-${n}`) },
    };
    return { stream: `class-session-${sessionId}`, type: 'ReservationMade', data, at };
  });
}

/** Calls of a term: received, answered, closed; one in twenty abandoned. A question is tallied in every second. */
export function calls(count: number): Stored[] {
  return Array.from({ length: count }, (_, n) => n).flatMap((n) => {
    const callId = idOf(`c-${n}`);
    const at = callAt(n, count);
    const of = (type: string, data: object): Stored => ({
      stream: `call-${callId}`,
      type,
      data: { callId, ...data },
      at,
    });
    const received = of('CallReceived', { callRevision: 1, source: 'queueLog', channel: 'telephone', receivedAt: instant(at) }); // prettier-ignore
    if (n % 20 === 0) {
      const gone = { callRevision: 2, abandonedAt: instant(at + 20_000), waitSeconds: 20, cause: 'hungUp' };
      return [received, of('CallAbandoned', gone)];
    }
    const inquiryId = idOf(`q-${n}`);
    const question = { inquiryId, termId: TERM, channel: 'telephone', receivedAt: instant(at), category: 'venue' };
    return [
      received,
      of('CallAnswered', { callRevision: 2, answeredAt: instant(at + 9_000), waitSeconds: n % 40 }),
      of('CallClosed', { callRevision: 3, closedAt: instant(at + 200_000), talkSeconds: 180, transfers: 0, outcome: 'booked', purpose: 'application' }), // prettier-ignore
      ...(n % 2 === 0 ? [{ stream: `inquiry-${inquiryId}`, type: 'InquiryTallied', data: question, at }] : []),
    ];
  });
}

/** Seven hours a day, evenly. */
function callAt(n: number, count: number): number {
  const perDay = Math.ceil(count / OPEN_DAYS.length);
  const day = OPEN_DAYS[Math.floor(n / perDay)]!;
  return Date.parse(`${day}T00:00:00Z`) + Math.floor(((n % perDay) / perDay) * 7 * 3_600_000);
}
