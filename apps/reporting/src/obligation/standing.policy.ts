import type { Obligation } from './obligation.policy.js';
import type { Submission } from './submissions.js';

/** An obligation as it stands on a day. */
export interface Standing extends Obligation {
  /** `reminded` from the first reminder on. */
  readonly state: 'submitted' | 'overdue' | 'dueToday' | 'reminded' | 'open';
  readonly submissions: readonly Submission[];
}

/** @param on the civil day it is looked at */
export function standingOf(owed: readonly Obligation[], submissions: readonly Submission[], on: string): Standing[] {
  return owed.map((one) => {
    const own = submissions.filter(({ obligationId }) => obligationId === one.obligationId);
    return { ...one, submissions: own, state: stateOf(one, own.length > 0, on) };
  });
}

function stateOf({ dueOn, remindOn }: Obligation, isSubmitted: boolean, on: string): Standing['state'] {
  if (isSubmitted) return 'submitted';
  if (on > dueOn) return 'overdue';
  if (on === dueOn) return 'dueToday';
  return remindOn.some((day) => day <= on) ? 'reminded' : 'open';
}
