import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';

// What the board knows of a session beside its seats, and of its term, venue and course. Each row is a fold of one
// stream; no row refers to another by a key, since streams arrive in any order.

/** The event that a row was last changed by. */
interface Place {
  readonly p: number;
  readonly seq: number;
}

export interface SessionRow extends Place {
  readonly session_id: string;
  readonly session_code: string;
  readonly event_code: string | null;
  readonly term_id: string;
  readonly course_id: string;
  readonly venue_id: string;
  readonly dates: readonly { readonly date: string; readonly startsAt: string; readonly endsAt: string }[];
  /** The first date, which decides whether the session may be booked (R024). */
  readonly first_date: string;
  /** When the first class begins in civil time, `2026-08-03T10:00`: lists stand in this order. */
  readonly begins: string;
}

export interface TermRow extends Place {
  readonly term_id: string;
  readonly opened: boolean;
  readonly closed: boolean;
  readonly bookable_from: string;
  /** Null: to the end of the contract. */
  readonly bookable_to: string | null;
}

export interface VenueRow extends Place {
  readonly venue_id: string;
  readonly name: string;
  readonly ward: string;
  readonly ward_code: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  /** Null: unknown, which is not "no". */
  readonly wheelchair: boolean | null;
}

export interface CourseRow extends Place {
  readonly course_id: string;
  readonly title: string;
}

/** A row of the table of its kind. */
export type Fact =
  | { readonly kind: 'session'; readonly id: string; readonly row: SessionRow }
  | { readonly kind: 'term'; readonly id: string; readonly row: TermRow }
  | { readonly kind: 'venue'; readonly id: string; readonly row: VenueRow }
  | { readonly kind: 'course'; readonly id: string; readonly row: CourseRow };

export const FACT_KINDS = ['session', 'term', 'venue', 'course'] as const;

export function factTables(schema: string): string {
  return `
    create table ${schema}.session (
      session_id uuid primary key,
      p integer not null,
      seq bigint not null,
      session_code text not null,
      event_code text,
      term_id uuid not null,
      course_id uuid not null,
      venue_id uuid not null,
      dates jsonb not null,
      first_date text collate "C" not null,
      begins text collate "C" not null
    );
    create index session_begins on ${schema}.session (begins, session_id);
    create table ${schema}.term (
      term_id uuid primary key,
      p integer not null,
      seq bigint not null,
      opened boolean not null,
      closed boolean not null,
      bookable_from text collate "C" not null,
      bookable_to text collate "C"
    );
    create table ${schema}.venue (
      venue_id uuid primary key,
      p integer not null,
      seq bigint not null,
      name text not null,
      ward text not null,
      ward_code text not null,
      latitude double precision,
      longitude double precision,
      wheelchair boolean
    );
    create table ${schema}.course (
      course_id uuid primary key,
      p integer not null,
      seq bigint not null,
      title text not null
    )`;
}

/**
 * The row after an event, or nothing if the event changes none.
 * @param termBefore the row of a term, which remembers that it was opened or closed
 * @throws Error for an event of a term that was never planned
 */
export function factAfter(
  { type, data }: ReservationsEvent,
  place: Place,
  termBefore: (termId: string) => TermRow | undefined,
): Fact | undefined {
  const { p, seq } = place;
  switch (type) {
    case 'ClassSessionScheduled':
    case 'ClassSessionRevised': {
      const { sessionId: id, sessionCode, eventCode, termId, courseId, venueId } = data;
      const dates = data.dates.map(({ date, startsAt, endsAt }) => ({ date, startsAt, endsAt }));
      const { date, startsAt } = dates[0]!;
      const refs = { term_id: termId, course_id: courseId, venue_id: venueId };
      const codes = { session_code: sessionCode, event_code: eventCode ?? null };
      const begins = { first_date: date, begins: `${date}T${startsAt}` };
      return { kind: 'session', id, row: { session_id: id, p, seq, ...codes, ...refs, dates, ...begins } };
    }
    case 'TermPlanned':
    case 'TermRevised':
    case 'TermOpened':
    case 'TermClosed': {
      const before = termBefore(data.termId);
      if (type !== 'TermPlanned' && before === undefined) throw new Error(`${type} for a term that was never planned.`);
      const planned = { opened: before?.opened ?? false, closed: before?.closed ?? false };
      const id = data.termId;
      if (type === 'TermOpened') return { kind: 'term', id, row: { ...before!, p, seq, opened: true, closed: false } };
      if (type === 'TermClosed') return { kind: 'term', id, row: { ...before!, p, seq, closed: true } };
      const { from, to } = data.bookableClasses;
      return {
        kind: 'term',
        id,
        row: { term_id: id, p, seq, ...planned, bookable_from: from, bookable_to: to ?? null },
      };
    }
    case 'VenueRegistered':
    case 'VenueRevised': {
      const { venueId: id, name, ward, wardCode, position, wheelchairAccessible } = data;
      const where = { latitude: position?.latitude ?? null, longitude: position?.longitude ?? null };
      const wheelchair = wheelchairAccessible ?? null;
      return {
        kind: 'venue',
        id,
        row: { venue_id: id, p, seq, name, ward, ward_code: wardCode, ...where, wheelchair },
      };
    }
    case 'CourseDefined':
    case 'CourseRevised':
      return { kind: 'course', id: data.courseId, row: { course_id: data.courseId, p, seq, title: data.title } };
    default:
      return undefined;
  }
}
