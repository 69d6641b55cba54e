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

/** How a number is printed with its source. */
export function sourceOf({ id, asks }: Query, asOf: string): PrintedSource {
  return { id, asks, asOf };
}

/** Sums a column; null counts as nothing. */
export function total(rows: readonly Row[], column: string): number {
  return rows.reduce((sum, row) => sum + Number(row[column] ?? 0), 0);
}

/** A share, or null when there was nothing to divide by. */
export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
