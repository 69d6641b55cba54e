import type { Call } from '#contracts/access/call.js';
import type { CourseCommand } from './course.decider.js';

export class ChangeCourse {
  constructor(
    readonly call: Call,
    readonly command: CourseCommand,
  ) {}
}
