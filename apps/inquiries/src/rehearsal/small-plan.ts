import { KeyDirectory } from '#vault/key-directory.js';
import type { InquiriesDesk, Told } from './inquiries-desk.js';
import { firstTerm, termId, termPlanned } from './reception-term.js';

export const sessionId = '00000004-0000-4000-8000-000000000004';
export const venueId = '00000002-0000-4000-8000-000000000002';
export const courseId = '00000003-0000-4000-8000-000000000003';

/** A term with its keys, a course, a venue and a class on a day, as the desk has heard of them. */
export async function tellSmallPlan(desk: InquiriesDesk, classDate: string): Promise<void> {
  const keys = await KeyDirectory.open(desk.keyDirectory);
  await keys.createTerm(termId);
  await desk.tell(...termPlanned(firstTerm), ...classSessionTold(classDate));
}

export function classSessionTold(classDate: string, id = sessionId, sessionCode = 'K-01'): Told[] {
  const dates = [{ date: classDate, startsAt: '10:00', endsAt: '12:00' }];
  const venue = { venueId, name: '北区民センター', ward: '北区', wardCode: '01102', address: '北24条西6丁目' };
  return [
    { stream: `venue-${venueId}`, event: { type: 'VenueRegistered', data: venue } },
    {
      stream: `course-${courseId}`,
      event: { type: 'CourseDefined', data: { courseId, title: 'はじめてのスマホ' } },
    },
    {
      stream: `class-session-${id}`,
      event: {
        type: 'ClassSessionScheduled',
        data: { sessionId: id, sessionCode, termId, courseId, venueId, dates, capacity: 20 },
      },
    },
  ];
}
