import type { SessionPlan } from './class-session.commands.js';
import { changesOf } from './planning.policy.js';

export interface Affected {
  /** How many are booked whom the change touches. */
  readonly bookings: number;
  readonly changed: readonly string[];
  /** Why they must be told; absent when nobody need be. */
  readonly cause?: 'dates' | 'venue';
}

/** Whom a change by the city touches: all who are booked when day, time or venue change or their number exceeds it. */
export function affectedBy(plan: SessionPlan, current: SessionPlan, booked: number): Affected {
  const changed = changesOf(current, plan);
  const cause = changed.includes('dates') ? 'dates' : changed.includes('venue') ? 'venue' : undefined;
  const over = changed.includes('capacity') && plan.capacity < booked;
  const bookings = cause !== undefined || over ? booked : 0;
  return { bookings, changed, ...(cause !== undefined && { cause }) };
}
