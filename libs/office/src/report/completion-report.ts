import type { CallCounts } from './daily-report.js';
import type { Kpi, Sender, Source } from './paper.js';

/** 期別実績 of one term. (R050) */
export interface TermResult {
  /** 第一期 */
  readonly termName: string;
  readonly from: string;
  readonly until: string;
  readonly openDays: number;
  readonly calls: CallCounts & { readonly outOfHours: number; readonly busy: number | null };
  /** 最大受電件数/日 */
  readonly busiestDay: { readonly date: string; readonly offered: number } | null;
  readonly days: readonly (CallCounts & { readonly date: string })[];
  readonly hours: readonly (CallCounts & {
    readonly from: string;
    /** オペレーター席数 staffed and needed, on average; null when it was not noted. */
    readonly seats: number | null;
    readonly seatsNeeded: number | null;
  })[];
  /** 月 … 金 */
  readonly weekdays: readonly (CallCounts & { readonly weekday: string })[];
  /** Seconds; null without an answered call. */
  readonly averages: {
    readonly wait: number | null;
    readonly talk: number | null;
    readonly afterCallWork: number | null;
    readonly handling: number | null;
  };
  readonly bookings: { readonly made: number; readonly moved: number; readonly cancelled: number };
  readonly guidance: { readonly offered: number; readonly taken: number; readonly declined: number };
  readonly venues: readonly Filling[];
  readonly courses: readonly Filling[];
  readonly notices: {
    readonly printed: number;
    readonly spoiled: number;
    readonly posted: number;
    readonly onTime: number;
    readonly returned: number;
    readonly reissued: number;
    /** Yen. */
    readonly postage: number;
  };
  /** null: too few to be printed. (§8.27) */
  readonly inquiries: readonly { readonly category: string; readonly count: number | null }[];
}

/** 定員, 予約数 of a venue or a course; never suppressed. (§8.27) */
export interface Filling {
  readonly name: string;
  readonly sessions: number;
  readonly capacity: number;
  readonly reserved: number;
}

/** The table of 令和5年度 in the specification. */
export interface YearBefore {
  readonly termName: string;
  readonly offered: number;
  readonly openDays: number;
  readonly busiestDay: number;
  readonly noticesPosted: number;
}

/** Everything of a 業務完了報告書; it holds no personal data. (§5.2, R050) */
export interface CompletionReport {
  /** The day it is handed in. */
  readonly date: string;
  readonly number?: string;
  readonly contract: { readonly name: string; readonly from: string; readonly until: string };
  /** 1 業務概要 */
  readonly outline: readonly string[];
  /** 2 実施体制・研修実績 */
  readonly team: {
    readonly responsiblePerson: string;
    readonly roles: readonly { readonly role: string; readonly people: number }[];
    readonly trainings: readonly { readonly date: string; readonly title: string; readonly attended: number }[];
  };
  /** 3, 4, 5, 6 by term */
  readonly terms: readonly TermResult[];
  readonly yearBefore: readonly YearBefore[];
  readonly kpis: readonly Kpi[];
  /** 6 FAQ 更新一覧 */
  readonly faqChanges: readonly { readonly date: string; readonly change: string; readonly question: string }[];
  /** 7 苦情・エスカレーション */
  readonly complaints: { readonly count: number; readonly reportedInTime: number; readonly gists: readonly string[] };
  readonly escalations: { readonly count: number; readonly closed: number; readonly averageHours: number | null };
  /** 8 個人情報保護 */
  readonly privacy: {
    readonly accesses: number;
    /** Absent where the desk has no record of it: left to be filled in by hand. */
    readonly reviews?: number;
    readonly incidents: readonly string[];
    readonly erasures: readonly string[];
  };
  /** 9 環境配慮 */
  readonly paper: { readonly sheets: number; readonly reprinted: number; readonly spoiled: number };
  /** 10 課題と提案 */
  readonly proposals: readonly string[];
  /** 別添 */
  readonly annexes: readonly string[];
  readonly sources: readonly Source[];
  readonly from: Sender;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly specimen?: boolean;
}
