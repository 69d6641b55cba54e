/** What may stand in a cell. Dates are `YYYY-MM-DD`, times `HH:mm`, instants epoch milliseconds; see the column's kind. */
export type CellValue = string | number | null;

/**
 * - `text`: kept as text, whatever it begins with (a name `=1+1` is a name)
 * - `integer`, `decimal` (one digit), `yen`, `seconds`
 * - `percent`: a share from 0 to 1, shown as 83.3%
 * - `date`: a real date, shown as ISO; `eraDate`: as 令和8年1月5日（月）
 * - `time`: `HH:mm`; `instant`: epoch milliseconds, shown as Tokyo time
 */
export type ColumnKind =
  'text' | 'integer' | 'decimal' | 'percent' | 'yen' | 'seconds' | 'date' | 'eraDate' | 'time' | 'instant';

export interface Column {
  readonly header: string;
  readonly kind: ColumnKind;
  /** In characters of Excel; guessed from the header when missing. */
  readonly width?: number;
  /** How the column is computed, for the sheet 用語の定義. */
  readonly definition?: string;
  /** Id of the query its numbers come from, printed beside the definition. (R050) */
  readonly source?: string;
  /** What stands in the total row. A rate has no sum: give it as `totals` of the sheet. */
  readonly total?: 'sum' | 'average';
}

/** One sheet: a title, lines under it, a table with a filter, notes under it. */
export interface Sheet {
  /** Made to fit the rules of Excel (31 characters, none of []:*?/\\), unique in its book. */
  readonly name: string;
  readonly title?: string;
  /** Lines between the title and the table: the term, the day, as of when. */
  readonly lead?: readonly string[];
  readonly columns: readonly Column[];
  /** One value a column; a missing value is an empty cell. */
  readonly rows: Iterable<readonly CellValue[]>;
  /** The last row, where `Column.total` does not do. Its first value is usually 合計. */
  readonly totals?: readonly CellValue[];
  /** Lines under the table. */
  readonly notes?: readonly string[];
  readonly landscape?: boolean;
}

export interface Book {
  /** In the properties of the file and in the page header. */
  readonly title: string;
  /** Organisation, in the properties of the file. */
  readonly author?: string;
  /** Epoch milliseconds; the same book at the same instant is the same file, byte for byte. */
  readonly at: number;
  readonly sheets: readonly Sheet[];
  /** Adds the sheet 用語の定義 from the columns' definitions (default: when there is one). */
  readonly definitions?: boolean;
  /** `研修` and `デモ` databases print 見本 in the page header. (§8.25) */
  readonly specimen?: boolean;
}
