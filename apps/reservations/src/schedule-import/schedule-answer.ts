import type { CellProblem } from '#office/reading/grid.js';
import type { ScheduleDiff } from './schedule-diff.js';
import type { ScheduleFile } from './schedule-file.js';
import type { Ground } from './schedule-ground.js';
import type { ScheduleImportAnswer } from './schedule-import.body.js';

/** More are of no use to anyone who has to mend the list. */
const MOST_SHOWN = 500;

/** What would happen, or what has happened: ids and codes only. */
export function scheduleAnswer(
  termId: string,
  file: Pick<ScheduleFile, 'ignored'>,
  ground: Ground,
  diff: ScheduleDiff,
): ScheduleImportAnswer {
  const named = new Set(ground.rows.map(({ plan }) => plan.sessionId));
  const line = ({ row, plan }: { row: number; plan: { sessionId: string; sessionCode: string } }) => ({
    row,
    sessionId: plan.sessionId,
    sessionCode: plan.sessionCode,
  });
  return {
    ...{ termId, hash: diff.hash, confirmationNeeded: diff.bookings > 0 },
    added: diff.added.map(line),
    changed: diff.changed.map((one) => ({ ...line(one), changed: [...one.changed], bookings: one.bookings })),
    unchanged: diff.unchanged,
    missing: [...ground.standings.values()].flatMap(({ plan }) =>
      plan === undefined || named.has(plan.sessionId)
        ? []
        : [{ sessionId: plan.sessionId, sessionCode: plan.sessionCode }],
    ),
    problems: shown([...ground.problems, ...diff.problems]),
    warnings: shown(ground.warnings),
    ignored: file.ignored.slice(0, MOST_SHOWN),
  };
}

/** In the order of the sheet. */
export function shown(problems: readonly CellProblem[]): CellProblem[] {
  const row = ({ cell }: CellProblem) => Number(cell.replace(/^[A-Z]+/, ''));
  return problems.toSorted((a, b) => row(a) - row(b)).slice(0, MOST_SHOWN);
}
