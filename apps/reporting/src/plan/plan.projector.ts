import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import type { ApplyContext } from '#platform/subscription/subscriber.js';
import type { Heard } from '../ledger/heard.js';
import { foldVersions, touches, type Touched } from '../ledger/versions.js';
import { PLAN, type PlanRow } from './plan.row.js';

/** What is known of terms, venues, courses and sessions, version by version. */
export function foldPlan(context: ApplyContext, batch: readonly Heard<ReservationsEvent>[]): Promise<void> {
  return foldVersions<PlanRow>(context, PLAN, touches(batch, touchOf));
}

function touchOf({ type, data, at }: Heard<ReservationsEvent>): Touched<PlanRow> {
  switch (type) {
    case 'TermPlanned':
    case 'TermRevised':
      return { key: data.termId, after: (before) => row('term', { ...kept(before, 'planned'), ...data }) };
    case 'TermOpened':
      return { key: data.termId, after: (before) => row('term', { ...before?.data, state: 'open' }) };
    case 'TermClosed':
      // The first closing freezes the rosters (R051); opening again does not thaw them
      return {
        key: data.termId,
        after: (before) => row('term', { frozenAt: new Date(at).toISOString(), ...before?.data, state: 'closed' }),
      };
    case 'TermErased':
      return { key: data.termId, after: (before) => row('term', { ...before?.data, state: 'erased' }) };
    case 'VenueRegistered':
    case 'VenueRevised':
      return { key: data.venueId, after: () => row('venue', data) };
    case 'CourseDefined':
    case 'CourseRevised':
      return { key: data.courseId, after: () => row('course', data) };
    case 'ClassSessionScheduled':
    case 'ClassSessionRevised':
      return { key: data.sessionId, after: (before) => row('session', { ...kept(before), ...data }) };
    case 'CapacityRaised':
      return { key: data.sessionId, after: (before) => changed(before, { capacity: data.capacity }) };
    case 'ClassSessionClosed':
      return { key: data.sessionId, after: (before) => changed(before, { state: 'closed' }) };
    case 'ClassSessionCalledOff':
      return { key: data.sessionId, after: (before) => changed(before, { state: 'calledOff' }) };
    default:
      return undefined;
  }
}

function row(kind: PlanRow['kind'], data: object): PlanRow {
  return { kind, data: data as PlanRow['data'] };
}

/** A plan that is replaced keeps what other events said of it. */
function kept(before: PlanRow | undefined, initial = 'open'): object {
  const { state, frozenAt } = (before?.data ?? {}) as { state?: string; frozenAt?: string };
  return { state: state ?? initial, ...(frozenAt !== undefined && { frozenAt }) };
}

function changed(before: PlanRow | undefined, change: object): PlanRow | undefined {
  return before && { kind: before.kind, data: { ...before.data, ...change } };
}
