import type { Book } from '../workbook/sheet.js';
import type { CallCounts, HourOfCalls } from './daily-report.js';
import type { Kpi, Source } from './paper.js';

/** 日別集計結果 of a term: numbers only. (R042, §5.2) */
export interface Tally {
  readonly termName: string;
  readonly from: string;
  readonly until: string;
  /** Every open day, in order, days without a call too. */
  readonly days: readonly (CallCounts & {
    readonly date: string;
    readonly outOfHours: number;
    readonly made: number;
    readonly moved: number;
    readonly cancelled: number;
    /** 問い合わせ by category, in the order of `categories`; null: too few to be shown. (§8.27) */
    readonly inquiries: readonly (number | null)[];
  })[];
  readonly categories: readonly string[];
  /** A row a day and hour. */
  readonly hours: readonly (HourOfCalls & { readonly date: string })[];
  readonly kpis: readonly Kpi[];
  readonly sources: readonly Source[];
  readonly author: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly specimen?: boolean;
}

/** Days, hours and definitions, a sheet each. */
export function tallyBook(tally: Tally): Book {
  throw new Error(`Not in yet: ${tally.termName}`);
}
