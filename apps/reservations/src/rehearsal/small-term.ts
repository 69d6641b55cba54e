import { READINESS_ITEMS } from '#contracts/reservations/term.events.js';
import { plusDays, dateAt } from '#calendar/civil-time.js';
import type { RehearsalDesk } from './rehearsal-desk.js';

/** A term that is open, one course, one venue: enough to book in. */
export interface SmallTerm {
  readonly termId: string;
  readonly courseId: string;
  readonly venueId: string;
  /** The first day that may be booked. */
  readonly firstDay: string;
  /** @returns the id of a new session */
  schedule(sessionCode: string, capacity: number, more?: object): Promise<string>;
}

export const fiscalYear = 2026;

export async function openSmallTerm(desk: RehearsalDesk, termNo = 1): Promise<SmallTerm> {
  const firstDay = plusDays(dateAt(Date.now()), 30);
  const plan = {
    ...{ fiscalYear, termNo, title: `第${termNo}期` },
    reception: { from: plusDays(firstDay, -20), to: plusDays(firstDay, -5), opensAt: '09:00', closesAt: '16:00' },
    bookableClasses: { from: firstDay, to: plusDays(firstDay, 60) },
    dispatchWindow: { from: plusDays(firstDay, -20), to: plusDays(firstDay, -2) },
  };
  const { termId } = (await accepted(desk.ask('POST', '/terms', plan, 'supervisor'))) as { termId: string };
  await accepted(desk.ask('POST', `/terms/${termId}/readiness`, { items: READINESS_ITEMS }, 'supervisor'));
  await accepted(desk.ask('POST', `/terms/${termId}/open`, undefined, 'supervisor'));
  const course = await desk.ask('POST', '/courses', { title: 'はじめてのスマホ' }, 'supervisor');
  const venue = await desk.ask('POST', '/venues', northWardHall, 'supervisor');
  const known = { course: 'courses', venue: 'venues' };
  const courseId = course.body.courseId ?? (await first(desk, known.course, 'courseId'));
  const venueId = venue.body.venueId ?? (await first(desk, known.venue, 'venueId'));
  return {
    ...{ termId, courseId, venueId, firstDay },
    async schedule(sessionCode, capacity, more = {}) {
      const dates = [{ date: firstDay, startsAt: '10:00', endsAt: '12:00' }];
      const session = { ...{ termId, courseId, venueId, sessionCode, capacity, dates }, ...more };
      const { sessionId } = (await accepted(desk.ask('POST', '/sessions', session, 'supervisor'))) as {
        sessionId: string;
      };
      return sessionId;
    },
  };
}

export const northWardHall = {
  ...{ name: '北区民センター', ward: '北区', wardCode: '01102', address: '札幌市北区北25条西6丁目' },
  position: { latitude: 43.0921, longitude: 141.3404 },
  wheelchairAccessible: true,
};

/** Somebody invented, told apart by number. */
export function applicant(nth: number, more: object = {}) {
  return {
    ...{ familyName: '試験', givenName: `花子${nth}`, familyNameKana: 'シケン', givenNameKana: kanaNumber(nth) },
    ...{ phoneNumber: `0110${String(nth).padStart(6, '0')}`, postalCode: '0010024', prefecture: '北海道' },
    ...{ city: '札幌市', ward: '北区', town: '北二十四条西', chome: '6', blockLot: '1番1号' },
    ...more,
  };
}

/** A name in kana for each number. */
function kanaNumber(nth: number): string {
  return [...String(nth)].map((digit) => 'アカサタナハマヤラワ'[Number(digit)]).join('');
}

async function first(desk: RehearsalDesk, list: string, id: string): Promise<string> {
  return (await desk.ask('GET', `/${list}`)).body[list][0][id];
}

/** @throws Error with the problem when the desk refused */
export async function accepted(asked: ReturnType<RehearsalDesk['ask']>): Promise<unknown> {
  const { status, body } = await asked;
  if (status >= 300) throw new Error(`The desk answered ${status}: ${JSON.stringify(body)}`);
  return body;
}
