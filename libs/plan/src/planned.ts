import { Inject, Injectable } from '@nestjs/common';
import { Rows } from '#platform/hosting/rows.js';
import type { PlannedCourse, PlannedSession, PlannedTerm, PlannedVenue, PlanKind, PlanRow } from './plan.row.js';

/** A session with everything that is said or printed about it; what has not been heard of yet is absent. */
export interface SessionFacts {
  readonly session: PlannedSession;
  readonly term?: PlannedTerm;
  readonly venue?: PlannedVenue;
  readonly course?: PlannedCourse;
}

/** What is planned, asked of the projection `plan`. */
@Injectable()
export class Planned {
  constructor(@Inject(Rows) private readonly rows: Rows) {}

  async sessions(sessionIds: readonly string[]): Promise<Map<string, SessionFacts>> {
    return this.withFacts(await this.some('session', sessionIds));
  }

  async sessionsOfTerm(termId: string): Promise<Map<string, SessionFacts>> {
    const rows = await this.rows.all<PlanRow>(
      'plan-sessions-of-term',
      `select id, plan, state, version::int from plan.session where plan ->> 'termId' = $1
       order by plan #>> '{dates,0,date}', plan #>> '{dates,0,startsAt}', plan ->> 'sessionCode'`,
      [termId],
    );
    return this.withFacts(rows);
  }

  /** Sessions at a venue, or of a course. */
  async sessionsWith(of: { readonly venueId: string } | { readonly courseId: string }): Promise<string[]> {
    const rows = await this.rows.all<{ id: string }>(
      'plan-sessions-with',
      'select id from plan.session where plan @> $1::jsonb order by id',
      [JSON.stringify(of)],
    );
    return rows.map(({ id }) => id);
  }

  async terms(): Promise<PlannedTerm[]> {
    const rows = await this.rows.all<PlanRow>(
      'plan-terms',
      `select id, plan, state, version::int from plan.term order by plan #>> '{reception,from}', id`,
    );
    return rows.map(({ id, ...row }) => ({ termId: id, ...row }) as unknown as PlannedTerm);
  }

  async term(termId: string): Promise<PlannedTerm | undefined> {
    const [row] = await this.some('term', [termId]);
    return row && ({ termId: row.id, plan: row.plan, state: row.state, version: row.version } as PlannedTerm);
  }

  private async withFacts(rows: readonly PlanRow[]): Promise<Map<string, SessionFacts>> {
    const plans = rows.map(({ plan }) => plan as PlannedSession['plan']);
    const [terms, venues, courses] = await Promise.all([
      this.byId('term', plans.map(({ termId }) => termId)), // prettier-ignore
      this.byId('venue', plans.map(({ venueId }) => venueId)), // prettier-ignore
      this.byId('course', plans.map(({ courseId }) => courseId)), // prettier-ignore
    ]);
    return new Map(
      rows.map(({ id, ...row }) => {
        const session = { sessionId: id, ...row } as unknown as PlannedSession;
        const [term, venue, course] = [
          terms.get(session.plan.termId),
          venues.get(session.plan.venueId),
          courses.get(session.plan.courseId),
        ];
        const facts = {
          session,
          ...(term && { term: { termId: term.id, ...term } as unknown as PlannedTerm }),
          ...(venue && { venue: { venueId: venue.id, ...venue } as unknown as PlannedVenue }),
          ...(course && { course: { courseId: course.id, ...course } as unknown as PlannedCourse }),
        };
        return [id, facts];
      }),
    );
  }

  private async byId(kind: PlanKind, ids: readonly string[]): Promise<Map<string, PlanRow>> {
    return new Map((await this.some(kind, [...new Set(ids)])).map((row) => [row.id, row]));
  }

  private some(kind: PlanKind, ids: readonly string[]): Promise<PlanRow[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.rows.all<PlanRow>(
      `plan-${kind}`,
      `select id, plan, state, version::int from plan.${kind} where id = any ($1)`,
      [ids],
    );
  }
}
