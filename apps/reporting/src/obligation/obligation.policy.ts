import { isBusinessDay, type DayException } from '#calendar/business-days.js';
import { plusDays } from '#calendar/civil-time.js';
import { search } from '#calendar/delivery-days.js';
import { dayText } from '#calendar/japanese-date.js';

/** What the desk owes the city. */
export type ObligationKind = 'tally' | 'roster' | 'completionReport' | 'faq' | 'privacyReport' | 'complaintReport';

export const OBLIGATION_NAMES: Readonly<Record<ObligationKind, string>> = {
  tally: '日別集計結果',
  roster: '予約者リスト',
  completionReport: '業務完了報告書',
  faq: 'ＦＡＱ（最新版）',
  privacyReport: '個人情報取扱状況報告書（様式１）',
  complaintReport: '日次報告書（苦情）',
};

const KIND_OF: Readonly<Record<string, ObligationKind>> = {
  tally: 'tally',
  roster: 'roster',
  'completion-report': 'completionReport',
  faq: 'faq',
  'privacy-report': 'privacyReport',
  'complaint-report': 'complaintReport',
};

/** 日別集計結果 of `tally/<termId>`. */
export function nameOfObligation(obligationId: string): string {
  return OBLIGATION_NAMES[KIND_OF[obligationId.split('/')[0]!]!];
}

/** Where the specification asks for it. */
const RULES: Readonly<Record<ObligationKind, string>> = {
  tally: '仕様書 6(9)',
  roster: '仕様書 9(2)',
  completionReport: '仕様書 9(1)',
  faq: '仕様書 9(3)',
  privacyReport: '仕様書 7(3)',
  complaintReport: '仕様書 6(9)',
};

/** The dates of a term that something is owed after. */
export interface TermDates {
  readonly termId: string;
  readonly termNo: number;
  readonly title: string;
  /** 受付期間. */
  readonly reception: { readonly from: string; readonly to: string; readonly exceptions: readonly DayException[] };
  readonly dispatchWindow: { readonly from: string; readonly to: string };
}

export interface RaisedComplaint {
  readonly complaintId: string;
  readonly raisedOn: string;
}

export interface Obligation {
  /** `tally/<termId>`: says the same however often it is computed. */
  readonly obligationId: string;
  readonly kind: ObligationKind;
  readonly title: string;
  readonly termId?: string;
  /** 提出期限, as the rule says; may be a day on which nobody works. */
  readonly deadline: string;
  /** The last business day on which it can be handed over: what the desk plans for. */
  readonly dueOn: string;
  /** Days on which somebody is reminded: 3 and 1 days before, or the last business day before that. (R042) */
  readonly remindOn: readonly string[];
  readonly rule: string;
  /** Why each day is the day it is, in Japanese. */
  readonly reasons: readonly string[];
}

/** The privacy report names no day; the desk hands it in by then, and says that this is its own rule. */
const PRIVACY_REPORT_BUSINESS_DAYS = 5;

const REMINDERS = [3, 1] as const;

/** Everything owed for some terms of one contract and the complaints that came, by due day. (R042, R047, R050–R052) */
export function obligationsOf(terms: readonly TermDates[], complaints: readonly RaisedComplaint[] = []): Obligation[] {
  const inOrder = terms.toSorted((a, b) => (a.reception.from < b.reception.from ? -1 : 1));
  const owed = [
    ...inOrder.flatMap((term) => [tallyOf(term), rosterOf(term)]),
    ...completionOf(inOrder.at(-1)),
    ...monthsOf(inOrder).map(privacyReportOf),
    ...complaints.map(complaintReportOf),
  ];
  return owed.toSorted((a, b) => compare(a.dueOn, b.dueOn) || compare(a.obligationId, b.obligationId));
}

/** 申込受付終了後１週間以内. */
function tallyOf(term: TermDates): Obligation {
  const deadline = plusDays(lastOpenDay(term), 7);
  const why = `申込受付の最終日${dayText(lastOpenDay(term))}から１週間`;
  return owed('tally', `tally/${term.termId}`, deadline, why, term);
}

/** 各期の開設期間終了時. */
function rosterOf(term: TermDates): Obligation {
  return owed('roster', `roster/${term.termId}`, lastOpenDay(term), '開設期間の最終日', term);
}

/** 第三期の業務完了後の翌月末: the work of a term is over when its last notice is posted. */
function completionOf(last: TermDates | undefined): Obligation[] {
  if (last === undefined) return [];
  const done = lastBusinessDay(last.dispatchWindow.to, []);
  const deadline = endOfMonth(done, 1);
  const why = `${last.title}の業務完了${dayText(done)}（発送期間の最終営業日）の翌月末`;
  return [
    owed('completionReport', `completion-report/${last.termId}`, deadline, why, last),
    owed('faq', `faq/${last.termId}`, deadline, why, last),
  ];
}

/** 毎月の業務完了後: of every month in which the telephones were open or notices were posted. */
function privacyReportOf(month: string): Obligation {
  let day = plusDays(endOfMonth(`${month}-01`, 0), 1);
  for (let left = PRIVACY_REPORT_BUSINESS_DAYS; ; day = plusDays(day, 1)) {
    if (isBusinessDay(day)) left--;
    if (left === 0) break;
  }
  const why = `${Number(month.slice(5))}月分：翌月の第${PRIVACY_REPORT_BUSINESS_DAYS}営業日（仕様書に日の定めがないため受付センターの目標）`;
  return owed('privacyReport', `privacy-report/${month}`, day, why);
}

/** 翌営業日中. (R043) */
function complaintReportOf({ complaintId, raisedOn }: RaisedComplaint): Obligation {
  const deadline = search(plusDays(raisedOn, 1), 1, (day) => isBusinessDay(day));
  return owed('complaintReport', `complaint-report/${complaintId}`, deadline, `苦情${dayText(raisedOn)}の翌営業日`);
}

function owed(
  kind: ObligationKind,
  obligationId: string,
  deadline: string,
  why: string,
  term?: Pick<TermDates, 'termId' | 'title'>,
): Obligation {
  const dueOn = lastBusinessDay(deadline, []);
  return {
    ...{ obligationId, kind, deadline, dueOn },
    title: term === undefined ? OBLIGATION_NAMES[kind] : `${OBLIGATION_NAMES[kind]}（${term.title}）`,
    ...(term !== undefined && { termId: term.termId }),
    // Over a weekend both may fall on one day
    remindOn: [...new Set(REMINDERS.map((days) => lastBusinessDay(plusDays(dueOn, -days), [])))],
    rule: RULES[kind],
    reasons: [
      `提出期限${dayText(deadline)}：${why}`,
      ...(dueOn === deadline ? [] : [`提出予定日${dayText(dueOn)}：期限が閉庁日のため、その前の最終営業日`]),
    ],
  };
}

function lastOpenDay({ reception }: TermDates): string {
  return lastBusinessDay(reception.to, reception.exceptions);
}

function lastBusinessDay(day: string, exceptions: readonly DayException[]): string {
  return search(day, -1, (one) => isBusinessDay(one, exceptions));
}

/** @param later 0 for the month of `date`, 1 for the next */
function endOfMonth(date: string, later: number): string {
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
  return new Date(Date.UTC(year, month + later, 0)).toISOString().slice(0, 10);
}

/** `2025-07`, … in order. */
function monthsOf(terms: readonly TermDates[]): string[] {
  const months = new Set<string>();
  for (const { reception, dispatchWindow } of terms) {
    for (const { from, to } of [reception, dispatchWindow]) {
      for (let day = `${from.slice(0, 7)}-01`; day <= to; day = plusDays(endOfMonth(day, 0), 1)) {
        months.add(day.slice(0, 7));
      }
    }
  }
  return [...months].toSorted();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
