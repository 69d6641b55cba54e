import type { Source as PrintedSource } from '#office/report/paper.js';

/** How a value is written: the kinds that the papers and the books know. */
export type ValueKind = 'text' | 'integer' | 'decimal' | 'percent' | 'yen' | 'seconds' | 'date' | 'time';

/** One column of an answer, with what it means: printed beside every number made of it. (§5.1) */
export interface QueryColumn {
  /** As in SQL and in the plain CSV: `calls_offered`. */
  readonly name: string;
  /** 入電数 */
  readonly header: string;
  readonly kind: ValueKind;
  readonly definition: string;
}

/**
 * A question with a name: every number of a report is a column of one, so that it can be asked again as of the same place
 * and is the same. (R050)
 */
export interface Query {
  /** `calls-by-slot`, printed as the source of a number. */
  readonly id: string;
  /** What it asks, in Japanese. */
  readonly asks: string;
  readonly columns: readonly QueryColumn[];
  /** A `select` over the tables of the ledger; `asked.…` stands for what is asked about. Its order is total. */
  readonly sql: (schema: string) => string;
}

/** What a question is asked about; what is absent is not narrowed. */
export interface Asked {
  /** Civil days, both included. */
  readonly from?: string;
  readonly to?: string;
  readonly termId?: string;
  readonly sessionId?: string;
  /** Seconds within which a call counts as answered in time. */
  readonly within?: number;
}

export type Row = Readonly<Record<string, string | number | boolean | null | object>>;

/** Seconds of the usual service level, 80/20. The specification sets no target. (requirements §5.1) */
export const WITHIN = 20;

/** What the papers call sums of a query by hour, weekday or term: each is named with the query that it adds up. */
const SUMS: readonly PrintedSource[] = [
  { id: 'calls_by_hour', asks: 'calls-by-slot を１時間ごとに合計' },
  { id: 'calls_by_day', asks: 'calls-by-slot を日ごとに合計' },
  { id: 'calls_by_weekday', asks: 'calls-by-slot を曜日ごとに合計' },
  { id: 'calls_by_term', asks: 'calls-by-slot を期ごとに合計' },
  { id: 'bookings_by_day', asks: 'bookings-by-day と同じ' },
  { id: 'sessions_changed', asks: 'sessions-capacity の当日終了時と前日終了時の差' },
  { id: 'sessions_filled', asks: 'sessions-capacity を会場・講座ごとに合計（中止を除く）' },
  { id: 'inquiries_by_category', asks: 'inquiries-by-category を分類ごとに合計し、少数を秘匿' },
  { id: 'notices_by_term', asks: 'notices-progress と notices-by-day を期ごとに合計' },
  { id: 'faq_changes', asks: 'faq-changes と同じ' },
];

/** The queries behind a report, and once the place of the log that all of them were asked at. */
export function sourcesOf(queries: readonly Query[], asOf: string): PrintedSource[] {
  const place = 'この報告書の数はすべてこの時点のもの。再計算では asOf に指定する';
  return [...queries.map(({ id, asks }) => ({ id, asks })), ...SUMS, { id: 'as-of', asks: place, asOf }];
}

/** Sums a column; null counts as nothing. */
export function total(rows: readonly Row[], column: string): number {
  return rows.reduce((sum, row) => sum + Number(row[column] ?? 0), 0);
}

/** A share, or null when there was nothing to divide by. */
export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
