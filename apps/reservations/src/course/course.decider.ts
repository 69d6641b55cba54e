import type { CourseDefined, CourseRevised } from '#contracts/reservations/course.events.js';
import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import type { Decider } from '#kernel/decider.js';
import { Refusal } from '#kernel/refusal.js';
import { fieldsThatDiffer } from '../desk/differences.js';

export type Course = CourseDefined['data'];

export type CourseCommand =
  { readonly do: 'define'; readonly course: Course } | { readonly do: 'revise'; readonly course: Course };

export const course: Decider<Course | undefined, CourseCommand, ReservationsEvent> = {
  initialState: undefined,
  decide: (command, known) => {
    if (command.do === 'define') {
      if (known !== undefined) throw courseExists(known.courseId);
      return [{ type: 'CourseDefined', data: command.course }];
    }
    if (known === undefined) throw new Refusal('not-found', 'not-found', 'There is no such course.');
    const changed = fieldsThatDiffer(known, command.course) as NonNullable<CourseRevised['data']['changed']>;
    return changed.length === 0 ? [] : [{ type: 'CourseRevised', data: { ...command.course, changed } }];
  },
  evolve: (known, { type, data }) => {
    if (type === 'CourseDefined') return data;
    if (type !== 'CourseRevised') return known;
    const { changed: _, ...course } = data;
    return course;
  },
};

export function courseExists(courseId: string): Refusal {
  return new Refusal('course-exists', 'conflict', 'There is a course of this title.', { courseId });
}
