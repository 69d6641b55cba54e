import type { ClassSessionScheduled } from '#contracts/reservations/class-session.events.js';
import type { CourseDefined } from '#contracts/reservations/course.events.js';
import type { TermPlanned } from '#contracts/reservations/term.events.js';
import type { VenueRegistered } from '#contracts/reservations/venue.events.js';
import { versionTable, type VersionTable } from '../ledger/versions.js';

export const PLAN: VersionTable = { table: 'plan', key: 'plan_id' };

export type PlannedTerm = TermPlanned['data'] & {
  readonly state: 'planned' | 'open' | 'closed' | 'erased';
  /** When its rosters were frozen: the first closing. ISO 8601. (R051) */
  readonly frozenAt?: string;
};

export type PlannedSession = ClassSessionScheduled['data'] & { readonly state: 'open' | 'closed' | 'calledOff' };

/** A term, venue, course or session as its last event left it. */
export interface PlanRow {
  readonly kind: 'term' | 'venue' | 'course' | 'session';
  readonly data: PlannedTerm | PlannedSession | VenueRegistered['data'] | CourseDefined['data'];
}

export function planTables(schema: string): string {
  return `${versionTable(schema, PLAN, 'kind text not null, data jsonb not null')};
    create index plan_kind on ${schema}.plan (kind);
    create index plan_term on ${schema}.plan ((data ->> 'termId')) where kind = 'session'`;
}
