import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dateAt, instantOf, plusDays } from '#calendar/civil-time.js';
import { isReceiving, type Reception } from '#calendar/reception.js';
import { announcementOf } from './announcement.js';
import { dialplanOf } from './dialplan.js';
import { ivrSchedule, openWindows, type IvrTerm } from './ivr-schedule.policy.js';

const reception = (from: string, to: string, more: Partial<Reception> = {}): Reception => ({
  ...{ from, to, opensAt: '09:00', closesAt: '16:00', exceptions: [] },
  ...more,
});
const terms: IvrTerm[] = [
  { termId: '1', title: '第一期', reception: reception('2025-07-11', '2025-07-25') },
  { termId: '2', title: '第二期', reception: reception('2025-09-11', '2025-09-26') },
  {
    ...{ termId: '3', title: '第三期' },
    reception: reception('2025-12-11', '2025-12-24', { exceptions: [{ date: '2025-12-13', open: true }] }),
  },
];
const tokyo = (text: string) => Date.parse(`${text}+09:00`);
const stateAt = (instant: number) => {
  const date = dateAt(instant);
  return ivrSchedule(terms, date, date).find(({ from, to }) => instant >= from && instant < to)!;
};

describe('the schedule of the telephone system', () => {
  test.each([
    ['2025-07-11T08:59:59.999', 'closedToday', '2025-07-11T09:00'],
    ['2025-07-11T09:00:00.000', 'open', undefined],
    ['2025-07-11T15:59:59.999', 'open', undefined],
    ['2025-07-11T16:00:00.000', 'closedToday', '2025-07-14T09:00'],
    ['2025-07-12T10:00:00.000', 'dayOff', '2025-07-14T09:00'],
    ['2025-07-21T10:00:00.000', 'dayOff', '2025-07-22T09:00'], // 海の日
    ['2025-07-25T16:00:00.000', 'closedToday', '2025-09-11T09:00'],
    ['2025-07-26T00:00:00.000', 'outOfPeriod', '2025-09-11T09:00'],
    ['2025-12-13T09:00:00.000', 'open', undefined], // a Saturday, by agreement
    ['2026-01-01T10:00:00.000', 'outOfPeriod', undefined],
  ])('at %s is %s, the next opening %s', (instant, state, next) => {
    const stretch = stateAt(tokyo(instant));
    expect(stretch.state).toBe(state);
    expect(stretch.nextOpening).toBe(next === undefined ? undefined : tokyo(`${next}:00`));
  });

  test('has every instant in one stretch, and is open exactly when calls count as in hours', () => {
    const stretches = ivrSchedule(terms, '2025-07-01', '2026-01-31');
    for (const [i, { from, to }] of stretches.entries()) {
      expect(from).toBeLessThan(to);
      expect(from).toBe(i === 0 ? instantOf('2025-07-01', '00:00') : stretches[i - 1]!.to);
    }
    expect(stretches.at(-1)!.to).toBe(instantOf('2026-02-01', '00:00'));
    const edges = stretches.flatMap(({ from, to }) => [from - 1, from, from + 1, to - 1, to]);
    const within = edges.filter((at) => at >= stretches[0]!.from && at < stretches.at(-1)!.to);
    for (const at of within) {
      const { state } = stretches.find(({ from, to }) => at >= from && at < to)!;
      expect([at, state === 'open']).toEqual([at, terms.some((one) => isReceiving(one.reception, at))]);
    }
  });

  test('follows a change of the calendar', () => {
    const closed = { ...terms[0]!, reception: reception('2025-07-11', '2025-07-25', { exceptions: [{ date: '2025-07-14', open: false }] }) }; // prettier-ignore
    const noon = tokyo('2025-07-14T12:00:00');
    const at = (all: IvrTerm[]) => ivrSchedule(all, '2025-07-14', '2025-07-14').find(({ from, to }) => noon >= from && noon < to)!.state; // prettier-ignore
    expect([at(terms), at([closed])]).toEqual(['open', 'dayOff']);
  });

  test('says what a caller needs to know', () => {
    expect(announcementOf(stateAt(tokyo('2025-07-25T16:00:00')))).toBe(
      'こちらは、札幌市スマートフォン講習会の受付です。ただいまは、受付時間の外です。次の受付は、9月11日、木曜日の、午前9時からです。',
    );
    expect(announcementOf(stateAt(tokyo('2026-01-01T10:00:00')), '市役所 011-211-0000')).toContain(
      '取り消しのご連絡は、市役所 011-211-0000へお願いします。',
    );
  });
});

describe('the dialplan', () => {
  const dialplan = dialplanOf(terms, openWindows(terms), '令和７年７月１日');

  test('leads callers where the schedule says, at any instant', () => {
    const span = { min: instantOf('2025-07-01', '00:00'), max: instantOf('2026-12-31', '00:00') };
    const edges = openWindows(terms).flatMap(({ opens, closes }) => [opens - 1_000, opens, closes - 1_000, closes]);
    fc.assert(
      fc.property(fc.oneof(fc.integer(span), fc.constantFrom(...edges)), (instant) => {
        const whole = instant - (((instant % 1_000) + 1_000) % 1_000);
        const date = dateAt(whole);
        const { state } = ivrSchedule(terms, date, plusDays(date, 0)).find(({ from, to }) => whole >= from && whole < to)!; // prettier-ignore
        expect(contextAt(dialplan, whole)).toBe(CONTEXTS[state]);
      }),
      { numRuns: 500 },
    );
  });

  test('is short enough to read, a line for each day of reception', () => {
    expect(dialplan.match(/GotoIfTime/g)).toHaveLength(openWindows(terms).length);
    expect(dialplan).toContain('GotoIfTime(09:00-15:59,*,11,jul,Asia/Tokyo?open)');
  });
});

const CONTEXTS = {
  open: 'uketsuke-open',
  closedToday: 'uketsuke-closed-today',
  dayOff: 'uketsuke-day-off',
  outOfPeriod: 'uketsuke-out-of-period',
};

/**
 * Where Asterisk would go: labels, Goto, GotoIf on equal or compared numbers, and GotoIfTime, whose minutes are all within,
 * the first and the last (https://docs.asterisk.org/Latest_API/API_Documentation/Dialplan_Applications/GotoIfTime/).
 */
function contextAt(dialplan: string, instant: number): string {
  const steps = dialplan.split('\n').flatMap((line) => {
    const match = /^(?: same => n|exten => s,1)(?:\(([\w-]+)\))?,(.*)$/.exec(line);
    return match === null ? [] : [{ label: match[1], does: match[2]! }];
  });
  const date = dateAt(instant);
  const time = new Date(instant + 9 * 3_600_000).toISOString().slice(11, 16);
  const day = date.replaceAll('-', '');
  const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
  let at = 0;
  for (let moves = 0; moves < 1_000; moves++) {
    const { does } = steps[at]!;
    const jump = (target: string): string | undefined => {
      const there = steps.findIndex(({ label }) => label === target);
      if (there < 0) return target.split(',')[0];
      at = there;
      return undefined;
    };
    const timed = /^GotoIfTime\(([\d:]+)-([\d:]+),\*,(\d+),(\w+),Asia\/Tokyo\?([\w-]+)\)$/.exec(does);
    const equal = /^GotoIf\(\$\["\$\{UKETSUKE_(YEAR|DAY)\}" = "(\d+)"\]\?([\w-]+)\)$/.exec(does);
    const between = /^GotoIf\(\$\[\$\{UKETSUKE_DAY\} >= (\d+) & \$\{UKETSUKE_DAY\} <= (\d+)\]\?([\w-]+)\)$/.exec(does);
    const going = /^Goto\(([\w-]+(?:,s,1)?)\)$/.exec(does);
    let target: string | undefined;
    if (timed !== null) {
      const [, from, to, mday, month, label] = timed;
      const isThen = time >= from! && time <= to! && Number(date.slice(8)) === Number(mday) && months[Number(date.slice(5, 7)) - 1] === month; // prettier-ignore
      if (isThen) target = label;
    } else if (equal !== null) {
      if ((equal[1] === 'YEAR' ? date.slice(0, 4) : day) === equal[2]) target = equal[3];
    } else if (between !== null) {
      if (day >= between[1]! && day <= between[2]!) target = between[3];
    } else if (going !== null) target = going[1];
    else if (!/^(Set|NoOp)\(/.test(does)) throw new Error(`Asterisk would not know ${does}`);
    if (target === undefined) at++;
    else {
      const left = jump(target);
      if (left !== undefined) return left;
    }
  }
  throw new Error('The dialplan goes round in circles.');
}
