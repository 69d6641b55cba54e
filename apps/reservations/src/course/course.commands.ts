import type { Call } from '#contracts/access/call.js';
import type { Course } from './course.decider.js';

export class ChangeCourse {
  constructor(
    readonly call: Call,
    readonly texts: Omit<Course, 'courseId'>,
    /** Absent for one that is new. */
    readonly courseId?: string,
  ) {}
}
