import { areaOf, cellName, columnName, columnNumber, type CellArea } from './cell-place.js';

/**
 * Rows put into a list of a sheet, and what becomes of everything that points at cells: what Excel does when a person
 * inserts rows, and besides that a range that ends with a list of a single row grows with it. (R015)
 */
export interface RowInsertion {
  readonly sheetName: string;
  /** The row that was here, and all below, move down. */
  readonly at: number;
  readonly count: number;
  /** The last row of a list of one row: ranges that end here grow. */
  readonly grows?: number;
}

const LAST_ROW = 1_048_576;

export function movedRow(row: number, { at, count }: RowInsertion): number {
  return row >= at ? Math.min(LAST_ROW, row + count) : row;
}

/** The last row of a range: it grows when rows come into it. */
export function movedEnd(from: number, to: number, insertion: RowInsertion): number {
  if (to >= insertion.at) return movedRow(to, insertion);
  return insertion.grows === to && from <= to ? Math.min(LAST_ROW, to + insertion.count) : to;
}

/** `A7:H7 B9`, as it stands in `sqref` and `ref`. What is no range stays as it is. */
export function movedRanges(text: string, insertion: RowInsertion): string {
  return text
    .split(' ')
    .map((range) => {
      const area = areaOf(range);
      return area === undefined ? range : written(movedArea(area, insertion));
    })
    .join(' ');
}

function movedArea({ from, to }: CellArea, insertion: RowInsertion): CellArea {
  return {
    from: { row: movedRow(from.row, insertion), column: from.column },
    to: { row: movedEnd(from.row, to.row, insertion), column: to.column },
  };
}

function written({ from, to }: CellArea): string {
  const single = from.row === to.row && from.column === to.column;
  return single ? cellName(from) : `${cellName(from)}:${cellName(to)}`;
}

// Strings in quotes first, so that nothing in them is taken for a cell; then an optional sheet, then a cell, a range of
// cells, of whole rows or of whole columns. LOG10( and a name like Q1_total are none.
const REFERENCE =
  /"(?:[^"]|"")*"|((?:'(?:[^']|'')+'|[\p{L}_][\p{L}\p{N}_.]*)!)?(?<![\p{L}\p{N}_.$])(\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?|\$?\d{1,7}:\$?\d{1,7})(?![\p{L}\p{N}_(.!:])/gu;

/** @param sheet the sheet as it is written before the reference, `'名簿 1'!`, or nothing */
type Change = (reference: string, sheet: string) => string;

function eachReference(formula: string, change: Change): string {
  return formula.replaceAll(REFERENCE, (whole: string, sheet: string | undefined, reference: string | undefined) =>
    reference === undefined ? whole : change(reference, sheet ?? ''),
  );
}

/** @param home name of the sheet in which the formula stands */
export function movedFormula(formula: string, home: string, insertion: RowInsertion): string {
  return eachReference(formula, (reference, sheet) => {
    if (!sameSheet(sheet === '' ? home : bare(sheet), insertion.sheetName)) return sheet + reference;
    const [from, to] = reference.split(':');
    if (to === undefined) return sheet + atRow(from!, movedRow(rowIn(from!), insertion));
    const [first, last] = [rowIn(from!), rowIn(to)];
    return `${sheet}${atRow(from!, movedRow(first, insertion))}:${atRow(to, movedEnd(first, last, insertion))}`;
  });
}

/** The formula as it reads when its cell is copied so many rows down and columns right. */
export function copiedFormula(formula: string, rows: number, columns = 0): string {
  return eachReference(formula, (reference, sheet) => {
    const parts = reference.split(':').map((part) => {
      const row = /\$\d/.test(part) ? part : atRow(part, Math.max(1, rowIn(part) + rows));
      return columns === 0 ? row : atColumn(row, columns);
    });
    return sheet + parts.join(':');
  });
}

/** Formulas that name one sheet name another. */
export function renamedFormula(formula: string, from: string, to: string): string {
  const named = `'${to.replaceAll("'", "''")}'!`;
  return eachReference(
    formula,
    (reference, sheet) => (sheet !== '' && sameSheet(bare(sheet), from) ? named : sheet) + reference,
  );
}

/** `Sheet1!$A1:$G28`, as some programs write a print area, becomes `Sheet1!$A$1:$G$28`: only that is one. */
export function absoluteFormula(formula: string): string {
  return eachReference(
    formula,
    (reference, sheet) =>
      sheet + reference.replaceAll(/\$?([A-Z]{1,3})\$?(\d+)/g, (_, column, row) => `$${column}$${row}`),
  );
}

function sameSheet(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function bare(sheet: string): string {
  const name = sheet.slice(0, -1);
  return name.startsWith("'") ? name.slice(1, -1).replaceAll("''", "'") : name;
}

function rowIn(part: string): number {
  return Number(/\d+$/.exec(part)![0]);
}

function atRow(part: string, row: number): string {
  return part.replace(/\d+$/, String(row));
}

function atColumn(part: string, columns: number): string {
  return part.replace(/^[A-Z]{1,3}/, (letters) => columnName(Math.max(1, columnNumber(letters) + columns)));
}
