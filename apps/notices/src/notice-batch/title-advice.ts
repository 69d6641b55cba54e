import { titleAdvice } from '#office/card/sensitive-title.policy.js';
import type { SessionFacts } from '#plan/planned.js';
import type { TitleAdviceAnswer } from './notice-batch.answers.js';

/** Titles in a batch that say too much on open mail, each once, with what to print instead. (§8.5) */
export function titleAdvices(sessions: Iterable<SessionFacts>): TitleAdviceAnswer[] {
  const courses = new Map([...sessions].flatMap(({ course }) => (course ? [[course.courseId, course.plan]] : [])));
  return [...courses].flatMap(([courseId, { title, neutralTitle }]) => {
    const courseTitle = neutralTitle ?? title;
    const advice = titleAdvice(courseTitle);
    return advice === undefined ? [] : [{ courseId, courseTitle, ...advice }];
  });
}
