import { createHash } from 'node:crypto';
import type { SessionPlan } from '../class-session/class-session.commands.js';
import type { ClassSession } from '../class-session/class-session.js';
import { affectedBy } from '../class-session/affected.policy.js';
import type { CellProblem } from '#office/reading/grid.js';
import type { ScheduleFile } from './schedule-file.js';
import type { ScheduleRow } from './schedule-row.js';

/** A row of the list with ids in place of names. */
export interface PlannedRow {
  readonly row: ScheduleRow;
  readonly plan: SessionPlan;
}

export interface AddedSession {
  readonly row: number;
  readonly plan: SessionPlan;
}

export interface ChangedSession extends AddedSession {
  /** In the words of `ClassSessionRevised`. */
  readonly changed: readonly string[];
  /** How many are booked whom the change touches. (§8.14) */
  readonly bookings: number;
}

export interface ScheduleDiff {
  readonly added: readonly AddedSession[];
  readonly changed: readonly ChangedSession[];
  readonly unchanged: number;
  /** Of the whole import. */
  readonly bookings: number;
  readonly problems: readonly CellProblem[];
  /** Names what would happen: the import that is confirmed must be the one that was seen. 16 hexadecimal digits. */
  readonly hash: string;
}

/** A session as far as the list is concerned; without a plan there is none. */
export interface Standing {
  readonly plan?: SessionPlan | undefined;
  readonly state: ClassSession['state'];
  readonly booked: number;
}

/**
 * What the list changes in what is there; a session that it does not name stays. Pure.
 */
export function scheduleDiff(
  rows: readonly PlannedRow[],
  says: ScheduleFile['says'],
  standingOf: (sessionId: string) => Standing,
): ScheduleDiff {
  const added: AddedSession[] = [];
  const changed: ChangedSession[] = [];
  const problems: CellProblem[] = [];
  let unchanged = 0;
  for (const { row, plan } of rows) {
    const session = standingOf(plan.sessionId);
    if (session.plan === undefined) {
      added.push({ row: row.row, plan });
      continue;
    }
    const next = completed(plan, session.plan, says);
    const affected = affectedBy(next, session.plan, session.booked);
    if (affected.changed.length === 0) unchanged += 1;
    else if (session.state === 'calledOff') {
      problems.push({ cell: row.cells.sessionCode, reason: '中止した開催回は変更できません' });
    } else changed.push({ row: row.row, plan: next, changed: affected.changed, bookings: affected.bookings });
  }
  const bookings = changed.reduce((sum, change) => sum + change.bookings, 0);
  return { added, changed, unchanged, bookings, problems, hash: hashOf(added, changed) };
}

/** Whether anything would happen. */
export function changesNothing({ added, changed }: ScheduleDiff): boolean {
  return added.length + changed.length === 0;
}

/** What the list has no column for stays as it was entered by hand. */
function completed(plan: SessionPlan, current: SessionPlan, says: ScheduleFile['says']): SessionPlan {
  const keepsEvent = !says.eventCode && current.eventCode !== undefined;
  const dates = plan.dates.map((date, nth) => {
    const { startsAt, receptionStartsAt } = current.dates[nth] ?? {};
    // the door opens so long before the class: at another hour it says nothing
    const keeps = !says.receptionStartsAt && receptionStartsAt !== undefined && startsAt === date.startsAt;
    return keeps ? { ...date, receptionStartsAt } : date;
  });
  return { ...plan, dates, ...(keepsEvent && { eventCode: current.eventCode! }) };
}

function hashOf(added: readonly AddedSession[], changed: readonly ChangedSession[]): string {
  const seen = [
    ...added.map(({ plan }) => [plan.sessionId, JSON.stringify(plan), 0]),
    ...changed.map(({ plan, bookings }) => [plan.sessionId, JSON.stringify(plan), bookings]),
  ].toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(seen)).digest('hex').slice(0, 16);
}
