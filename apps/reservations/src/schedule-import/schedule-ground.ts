import { Inject, Injectable } from '@nestjs/common';
import { Refusal } from '#kernel/refusal.js';
import type { SessionPlan } from '../class-session/class-session.commands.js';
import type { ClassSession } from '../class-session/class-session.js';
import { sessionIdOf } from '../desk/ids.js';
import { PresentNames } from '../desk/names.js';
import { Rows } from '#platform/hosting/rows.js';
import type { Term, TermPlan } from '../term/term.decider.js';
import type { CellProblem } from '#office/reading/grid.js';
import type { PlannedRow, Standing } from './schedule-diff.js';
import type { ScheduleFile } from './schedule-file.js';

/** The list of one term beside what the tables say of it. */
export interface Ground {
  readonly rows: readonly PlannedRow[];
  readonly problems: readonly CellProblem[];
  /** What may be meant so, but cannot be booked. */
  readonly warnings: readonly CellProblem[];
  /** Of every session of the term, and none of any other. */
  readonly standings: ReadonlyMap<string, Standing>;
}

export const NO_SESSION: Standing = { state: 'open', booked: 0 };

/** Finds what the list names: venues and courses by name, sessions by code. */
@Injectable()
export class ScheduleGround {
  constructor(
    @Inject(Rows) private readonly rows: Rows,
    @Inject(PresentNames) private readonly names: PresentNames,
  ) {}

  /** @throws Refusal `not-found`, `term-erased` */
  async of(termId: string, file: ScheduleFile): Promise<Ground> {
    const term = await this.termOf(termId);
    const [venues, courses, standings] = await Promise.all([
      this.names.of('venue'),
      this.names.of('course'),
      this.standingsOf(termId),
    ]);
    const problems: CellProblem[] = [...file.problems];
    const warnings: CellProblem[] = [];
    const rows: PlannedRow[] = [];
    for (const { course, venue } of file.names) {
      const bearers = [
        ['講座', course, courses],
        ['会場', venue, venues],
      ] as const;
      for (const [kind, at, names] of bearers) {
        if (at === undefined) continue;
        const [first, second] = names.bearersOf(at.name);
        if (first === undefined) problems.push({ cell: at.cell, reason: `この${kind}は登録されていません` });
        if (second !== undefined) problems.push({ cell: at.cell, reason: `この名前の${kind}が2つあります` });
      }
    }
    for (const row of file.rows) {
      const { sessionCode, eventCode, dates, capacity, cells } = row;
      const [venueId] = venues.bearersOf(row.venue);
      const [courseId] = courses.bearersOf(row.course);
      if (courseId === undefined || venueId === undefined) continue;
      if (!mayBeBooked(dates[0]!.date, term)) warnings.push({ cell: cells.date, reason: '期の対象期間の外の日付です' });
      const sessionId = sessionIdOf(termId, sessionCode);
      const plan = { sessionId, sessionCode, termId, courseId, venueId, dates, capacity };
      rows.push({ row, plan: { ...plan, ...(eventCode !== undefined && { eventCode }) } });
    }
    return { rows, problems, warnings, standings };
  }

  private async termOf(termId: string): Promise<TermPlan> {
    const row = await this.rows.first<{ state: Term['state']; plan: TermPlan }>(
      'term-of-import',
      'select state, plan from term where term_id = $1',
      [termId],
    );
    if (row === undefined) throw new Refusal('not-found', 'not-found', 'There is no such term.', { termId });
    if (row.state === 'erased') throw new Refusal('term-erased', 'gone', 'The data of this term has been erased.');
    return row.plan;
  }

  private async standingsOf(termId: string): Promise<Map<string, Standing>> {
    const rows = await this.rows.all<{ state: ClassSession['state']; plan: SessionPlan; booked: number }>(
      'standings-of-term',
      `select s.state, s.plan, (
         select count(*)::int from reservation_place r where r.session_id = s.session_id and r.state = 'active'
       ) as booked
       from class_session s where s.term_id = $1 order by s.session_code`,
      [termId],
    );
    return new Map(rows.map((row) => [row.plan.sessionId, row]));
  }
}

function mayBeBooked(date: string, { bookableClasses: { from, to } }: TermPlan): boolean {
  return date >= from && (to === undefined || date <= to);
}
