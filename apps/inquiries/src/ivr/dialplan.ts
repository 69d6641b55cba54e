import { dateAt, timeAt } from '#calendar/civil-time.js';
import type { OpenWindow, IvrTerm } from './ivr-schedule.policy.js';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MINUTE = 60_000;

/**
 * The schedule for Asterisk's extensions.conf: `Goto(uketsuke-hours,s,1)` leads on to `uketsuke-open`, or to one of the closed
 * contexts. `GotoIfTime(<times>,<weekdays>,<mdays>,<months>,<timezone>?…)` knows no years, so each year has lines of its own;
 * both ends of its times are within (to the minute), so the last minute is the one before closing.
 */
export function dialplanOf(terms: readonly IvrTerm[], windows: readonly OpenWindow[], made: string): string {
  const years = [...new Set(windows.map(({ opens }) => dateAt(opens).slice(0, 4)))];
  const periods = terms.map(({ reception }) => reception).toSorted((a, b) => (a.from < b.from ? -1 : 1));
  const lines = [
    `; ${made} 現在の受付カレンダーから作成。手で直さず、作り直すこと。`,
    '[uketsuke-hours]',
    'exten => s,1,Set(UKETSUKE_YEAR=${STRFTIME(${EPOCH},Asia/Tokyo,%Y)})',
    ' same => n,Set(UKETSUKE_DAY=${STRFTIME(${EPOCH},Asia/Tokyo,%Y%m%d)})',
    ...years.map((year) => ` same => n,GotoIf($["\${UKETSUKE_YEAR}" = "${year}"]?y${year})`),
    ' same => n,Goto(closed)',
    ...years.flatMap((year) => [
      ` same => n(y${year}),NoOp(${year})`,
      ...windows.filter(({ opens }) => dateAt(opens).startsWith(year)).map((window) => ` same => n,${timed(window)}`),
      ' same => n,Goto(closed)',
    ]),
    ' same => n(open),Goto(uketsuke-open,s,1)',
    // closed: on a day that has hours, on another day of the period, or outside of it
    ...[...new Set(windows.map(({ opens }) => compact(dateAt(opens))))].map(
      (day, i) => ` same => n${i === 0 ? '(closed)' : ''},GotoIf($["\${UKETSUKE_DAY}" = "${day}"]?closed-today)`,
    ),
    ...(windows.length === 0 ? [' same => n(closed),NoOp()'] : []),
    ...periods.map(
      ({ from, to }) =>
        ` same => n,GotoIf($[\${UKETSUKE_DAY} >= ${compact(from)} & \${UKETSUKE_DAY} <= ${compact(to)}]?day-off)`,
    ),
    ' same => n,Goto(uketsuke-out-of-period,s,1)',
    ' same => n(closed-today),Goto(uketsuke-closed-today,s,1)',
    ' same => n(day-off),Goto(uketsuke-day-off,s,1)',
  ];
  return `${lines.join('\n')}\n`;
}

function timed({ opens, closes }: OpenWindow): string {
  const date = dateAt(opens);
  const times = `${timeAt(opens)}-${timeAt(closes - MINUTE)}`;
  return `GotoIfTime(${times},*,${Number(date.slice(8))},${MONTHS[Number(date.slice(5, 7)) - 1]},Asia/Tokyo?open)`;
}

function compact(date: string): string {
  return date.replaceAll('-', '');
}
