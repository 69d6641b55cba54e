import { Refusal } from '#kernel/refusal.js';

/** What a cell holds. A number may be a count, a date or a time of day: the column tells. */
export type CellValue = string | number;

export interface GridRow {
  /** From 1, as the spreadsheet program shows it. */
  readonly n: number;
  /** By column, from 0; empty cells are absent. */
  readonly cells: ReadonlyMap<number, CellValue>;
}

/** One sheet, without its empty rows. */
export interface Grid {
  readonly rows: readonly GridRow[];
  /** Days count from 1904, as old Macs did. */
  readonly from1904: boolean;
}

/** Beyond these bounds it is another kind of file than the one that was asked for. */
export interface GridBounds {
  readonly rows: number;
  /** Characters of a cell that are read; one more shows that there were more. */
  readonly cellLength: number;
}

export const MOST_COLUMNS = 100;

/** Something wrong, and where. */
export interface CellProblem {
  /** `E7` */
  readonly cell: string;
  readonly reason: string;
}

/** `E7` */
export function addressOf(column: number, row: number): string {
  let letters = '';
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26)) {
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  }
  return `${letters}${row}`;
}

/** The column of `E7` from 0; undefined when it is no address. */
export function columnOf(address: string): number | undefined {
  const letters = /^([A-Z]{1,3})[1-9]\d{0,6}$/.exec(address)?.[1];
  if (letters === undefined) return undefined;
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** Rows as they come, within the bounds. */
export class GridDraft {
  readonly rows: GridRow[] = [];

  constructor(private readonly bounds: GridBounds) {}

  /** @throws Refusal `file-too-large` */
  add(n: number, cells: ReadonlyMap<number, CellValue>): void {
    if (cells.size === 0) return;
    if (this.rows.length >= this.bounds.rows) throw tooManyRows(this.bounds);
    this.rows.push({ n, cells });
  }
}

export function tooManyRows({ rows }: GridBounds): Refusal {
  return fileTooLarge(`The list has more than ${rows.toLocaleString('en')} rows.`);
}

export function unreadableFile(message: string): Refusal {
  return new Refusal('unreadable-file', 'invalid', message);
}

export function fileTooLarge(message: string): Refusal {
  return new Refusal('file-too-large', 'too-large', message);
}
