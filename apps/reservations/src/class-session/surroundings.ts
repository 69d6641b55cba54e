import { Refusal } from '#kernel/refusal.js';
import type { States, StreamRef } from '#platform/lane/lane-command.js';
import { courseStream, termStream, venueStream } from '../desk/streams.js';
import type { SessionPlan } from './class-session.commands.js';

/** What must stand for a session to stand in it. */
export function surroundings({ termId, venueId, courseId }: SessionPlan): StreamRef[] {
  return [termStream(termId), venueStream(venueId), courseStream(courseId)];
}

/** @throws Refusal `not-found` naming what is not there; `term-erased` */
export function refuseUnknown({ termId, venueId, courseId }: SessionPlan, states: States): void {
  const term = states.of(termStream(termId));
  if (term.state === 'erased') throw new Refusal('term-erased', 'gone', 'The data of this term has been erased.');
  if (term.plan === undefined) throw unknown('termId', 'There is no such term.');
  if (states.of(venueStream(venueId)) === undefined) throw unknown('venueId', 'There is no such venue.');
  if (states.of(courseStream(courseId)) === undefined) throw unknown('courseId', 'There is no such course.');
}

function unknown(field: string, message: string): Refusal {
  return new Refusal('not-found', 'not-found', message, { field });
}
