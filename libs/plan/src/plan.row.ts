import type { ClassSessionScheduled } from '#contracts/reservations/class-session.events.js';
import type { CourseDefined } from '#contracts/reservations/course.events.js';
import type { TermPlanned } from '#contracts/reservations/term.events.js';
import type { VenueRegistered } from '#contracts/reservations/venue.events.js';

// What the city planned, as a service that hears reservations knows it. Each row is a fold of one stream; no row refers to
// another by a key, since streams arrive in any order.

export interface PlannedSession {
  readonly sessionId: string;
  readonly plan: ClassSessionScheduled['data'];
  readonly state: 'open' | 'closed' | 'calledOff';
  /** Of the stream, when the plan or the state last changed: what a document was made from. */
  readonly version: number;
}

export interface PlannedTerm {
  readonly termId: string;
  readonly plan: TermPlanned['data'];
  readonly state: 'planned' | 'open' | 'closed' | 'erased';
  readonly version: number;
}

export interface PlannedVenue {
  readonly venueId: string;
  readonly plan: VenueRegistered['data'];
  readonly version: number;
}

export interface PlannedCourse {
  readonly courseId: string;
  readonly plan: CourseDefined['data'];
  readonly version: number;
}

export const PLAN_KINDS = ['session', 'term', 'venue', 'course'] as const;
export type PlanKind = (typeof PLAN_KINDS)[number];

/** A row of any kind as it stands in its table. */
export interface PlanRow {
  readonly id: string;
  readonly plan: object;
  readonly state: string;
  readonly version: number;
}

export function planTables(schema: string): string {
  const table = (kind: PlanKind) => `
    create table ${schema}.${kind} (
      id uuid primary key,
      plan jsonb not null,
      state text not null,
      version bigint not null
    );`;
  return `${PLAN_KINDS.map(table).join('')}
    create index session_of_term on ${schema}.session ((plan ->> 'termId'));
    create index session_by_code on ${schema}.session ((plan ->> 'sessionCode'))`;
}
