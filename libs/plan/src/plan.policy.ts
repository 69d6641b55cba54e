import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import type { PlanKind, PlanRow } from './plan.row.js';

/** Which row an event changes, if any. */
export function planKeyOf({ type, data }: ReservationsEvent): { kind: PlanKind; id: string } | undefined {
  switch (type) {
    case 'ClassSessionScheduled':
    case 'ClassSessionRevised':
    case 'ClassSessionClosed':
    case 'ClassSessionCalledOff':
    case 'CapacityRaised':
      return { kind: 'session', id: data.sessionId };
    case 'TermPlanned':
    case 'TermRevised':
    case 'TermOpened':
    case 'TermClosed':
    case 'TermErased':
      return { kind: 'term', id: data.termId };
    case 'VenueRegistered':
    case 'VenueRevised':
      return { kind: 'venue', id: data.venueId };
    case 'CourseDefined':
    case 'CourseRevised':
      return { kind: 'course', id: data.courseId };
    default:
      return undefined;
  }
}

const STATES: Readonly<Record<string, string>> = {
  ClassSessionClosed: 'closed',
  ClassSessionCalledOff: 'calledOff',
  TermOpened: 'open',
  TermClosed: 'closed',
  TermErased: 'erased',
};
const FIRST: Readonly<Record<PlanKind, string>> = { session: 'open', term: 'planned', venue: '', course: '' };

/**
 * The row after an event that changes it. A revision keeps the state.
 * @throws Error for a change of what was never planned: its stream is parked
 */
export function planAfter(
  row: PlanRow | undefined,
  event: ReservationsEvent,
  { kind, id }: { kind: PlanKind; id: string },
  version: number,
): PlanRow {
  const { type, data } = event;
  const state = STATES[type];
  if (type === 'CapacityRaised' || state !== undefined) {
    if (row === undefined) throw new Error(`${type} of a ${kind} that was never planned.`);
    const plan = type === 'CapacityRaised' ? { ...row.plan, capacity: data.capacity } : row.plan;
    return { ...row, plan, state: state ?? row.state, version };
  }
  return { id, plan: withoutChange(data), state: row?.state ?? FIRST[kind], version };
}

/** A revision carries the whole plan, and beside it what changed and by which agreement. */
function withoutChange(data: object): object {
  const { changed: _, ...plan } = data as { changed?: unknown };
  return plan;
}
