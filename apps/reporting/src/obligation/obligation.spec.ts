import { describe, expect, test } from '@jest/globals';
import { obligationsOf, type TermDates } from './obligation.policy.js';
import { standingOf } from './standing.policy.js';

const term = (termNo: number, title: string, reception: [string, string], dispatch: [string, string]): TermDates => ({
  termId: `t${termNo}`,
  termNo,
  title,
  reception: { from: reception[0], to: reception[1], exceptions: [] },
  dispatchWindow: { from: dispatch[0], to: dispatch[1] },
});

/** 令和７年度, as the specification has it. */
const YEAR = [
  term(1, '第一期', ['2025-07-11', '2025-07-25'], ['2025-07-11', '2025-07-31']),
  term(2, '第二期', ['2025-09-11', '2025-09-26'], ['2025-09-11', '2025-10-01']),
  term(3, '第三期', ['2025-12-11', '2025-12-24'], ['2025-12-11', '2025-12-31']),
];

const due = (id: string, terms = YEAR) => {
  const found = obligationsOf(terms).find(({ obligationId }) => obligationId === id)!;
  return [found.deadline, found.dueOn];
};

describe('what the desk owes the city', () => {
  test('tallies a week after intake: 8/1, 10/3, and 12/26 because 12/31 is closed (R042)', () => {
    expect(due('tally/t1')).toEqual(['2025-08-01', '2025-08-01']);
    expect(due('tally/t2')).toEqual(['2025-10-03', '2025-10-03']);
    expect(due('tally/t3')).toEqual(['2025-12-31', '2025-12-26']);
  });

  test('rosters at the end of each term: 7/25, 9/26, 12/24 (R051)', () => {
    expect(['t1', 't2', 't3'].map((id) => due(`roster/${id}`)[1])).toEqual(['2025-07-25', '2025-09-26', '2025-12-24']);
  });

  test('the completion report and the FAQ at the end of the month after: Saturday 1/31, so plan 1/30 (R050, R052)', () => {
    expect(due('completion-report/t3')).toEqual(['2026-01-31', '2026-01-30']);
    expect(due('faq/t3')).toEqual(['2026-01-31', '2026-01-30']);
  });

  test('a dispatch that was extended into January moves them to 2026-02-28, plan 2/27', () => {
    const extended = [...YEAR.slice(0, 2), term(3, '第三期', ['2025-12-11', '2025-12-24'], ['2025-12-11', '2026-01-07'])]; // prettier-ignore
    expect(due('completion-report/t3', extended)).toEqual(['2026-02-28', '2026-02-27']);
  });

  test('a privacy report for every month with work, by the desk’s own rule, and says that it is one (R047)', () => {
    const reports = obligationsOf(YEAR).filter(({ kind }) => kind === 'privacyReport');
    expect(reports.map(({ obligationId, dueOn }) => [obligationId, dueOn])).toEqual([
      ['privacy-report/2025-07', '2025-08-07'],
      ['privacy-report/2025-09', '2025-10-07'],
      ['privacy-report/2025-10', '2025-11-10'],
      ['privacy-report/2025-12', '2026-01-09'],
    ]);
    expect(reports[0]!.reasons[0]).toContain('受付センターの目標');
  });

  test('a complaint on Friday 7/18 is due on Tuesday 7/22: 7/21 is a holiday (R043)', () => {
    const [owed] = obligationsOf([], [{ complaintId: 'c1', raisedOn: '2025-07-18' }]);
    expect(owed).toMatchObject({ obligationId: 'complaint-report/c1', dueOn: '2025-07-22' });
  });

  test('reminds 3 and 1 days before, on days on which somebody is there', () => {
    const reminded = (id: string) => obligationsOf(YEAR).find(({ obligationId }) => obligationId === id)!.remindOn;
    expect(reminded('tally/t1')).toEqual(['2025-07-29', '2025-07-31']);
    expect(reminded('completion-report/t3')).toEqual(['2026-01-27', '2026-01-29']);
    // 12/26 is a Friday: 12/23 and 12/25; a Monday's eve is a Sunday, so the Friday before
    expect(reminded('tally/t3')).toEqual(['2025-12-23', '2025-12-25']);
  });

  test('says why each day is the day it is', () => {
    const tally = obligationsOf(YEAR).find(({ obligationId }) => obligationId === 'tally/t3')!;
    expect(tally.reasons).toEqual([
      '提出期限12/31（水）：申込受付の最終日12/24（水）から１週間',
      '提出予定日12/26（金）：期限が閉庁日のため、その前の最終営業日',
    ]);
  });

  test('follows the plan: a term that closes two days later owes its tally two days later', () => {
    const later = [term(1, '第一期', ['2025-07-11', '2025-07-29'], ['2025-07-11', '2025-07-31'])];
    expect(due('tally/t1', later)).toEqual(['2025-08-05', '2025-08-05']);
  });
});

describe('where an obligation stands', () => {
  const file = { submissionId: 's1', sha256: 'a'.repeat(64), fileName: 'tally.xlsx', medium: 'media' };
  const stateOn = (on: string, submitted: string[] = []) => {
    const submissions = submitted.map((obligationId) => ({ ...file, obligationId, submittedOn: on }));
    const all = standingOf(obligationsOf(YEAR), submissions, on);
    return all.find(({ obligationId }) => obligationId === 'tally/t1')!.state;
  };

  test('is open, reminded from three days before, due, overdue, or submitted', () => {
    expect(['2025-07-28', '2025-07-29', '2025-07-31', '2025-08-01', '2025-08-04'].map((on) => stateOn(on))).toEqual([
      ...['open', 'reminded', 'reminded', 'dueToday', 'overdue'],
    ]);
    expect(stateOn('2025-08-04', ['tally/t1'])).toBe('submitted');
    expect(stateOn('2025-08-04', ['tally/t2'])).toBe('overdue');
  });
});
