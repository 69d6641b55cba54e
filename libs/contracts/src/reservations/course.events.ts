import * as z from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { id, text, title } from '../event-fields.js';

const course = {
  courseId: id,
  title,
  /** Printed on the card instead of `title` where that would tell the postman too much. (§8.5) */
  neutralTitle: z.exactOptional(title),
  description: z.exactOptional(text),
  /** 持ち物. */
  bringAlong: z.exactOptional(text),
  /** 対象. */
  audience: z.exactOptional(text),
};

/** When a course (講座内容) is entered, by hand or by an import of the city's list. (R011, R016) */
export const CourseDefined = defineEvent('CourseDefined', z.strictObject(course));
export type CourseDefined = EventOf<typeof CourseDefined>;

const changed = z.array(z.enum(['title', 'neutralTitle', 'description', 'bringAlong', 'audience'])).min(1);

/** When any text of a course changes; carries all texts, and `changed` which are different (absent in old events: any may be). */
export const CourseRevised = defineEvent(
  'CourseRevised',
  z.strictObject({ ...course, changed: z.exactOptional(changed) }),
);
export type CourseRevised = EventOf<typeof CourseRevised>;
