import { placeOf, type CellPlace } from './cell-place.js';
import { entryHeading, plainName } from './roster-fields.js';
import type { SheetCells } from './sheet-cells.js';
import type { WorkbookStyles } from './workbook-styles.js';

/** The list of people in a template: under its headings, the rows that are ruled for it. */
export interface RosterList {
  readonly headingRow: number;
  readonly firstRow: number;
  readonly lastRow: number;
  readonly columns: readonly ListColumn[];
}

export interface ListColumn {
  readonly column: number;
  /** As it is written in the template. */
  readonly heading: string;
  readonly field?: string;
  readonly byHand: boolean;
}

/** A row of headings names at least these many fields. */
const FEWEST = 2;

/**
 * @param body rows that the template names as its list (名簿), where it does
 * @returns undefined when no row of the sheet looks like the headings of a list
 */
export function findList(
  cells: SheetCells,
  styles: WorkbookStyles,
  blankColumns: readonly string[],
  body: { readonly from: number; readonly to: number } | undefined,
): RosterList | undefined {
  const rows = [...cells.rows.keys()];
  const headingRow = rows.find((row) => {
    const fields = headingsOf(cells, row, blankColumns).flatMap(({ field }) => field ?? []);
    return (
      fields.length >= FEWEST && fields.some((field) => field === '氏名' || field === '姓' || field === '受付番号')
    );
  });
  if (headingRow === undefined) return undefined;
  // headings over two rows: 氏名 above 姓 and 名
  const bottom = Math.max(
    headingRow,
    ...cells.merges.filter(({ from }) => from.row === headingRow).map(({ to }) => to.row),
  );
  const columns = new Map<number, ListColumn>();
  for (let row = headingRow; row <= bottom; row++)
    for (const heading of headingsOf(cells, row, blankColumns)) columns.set(heading.column, heading);
  const sorted = [...columns.values()].toSorted((a, b) => a.column - b.column);
  const firstRow = body?.from ?? bottom + 1;
  const lastRow = body?.to ?? lastRuledRow(cells, styles, firstRow, sorted);
  return { headingRow, firstRow, lastRow, columns: sorted };
}

function headingsOf(cells: SheetCells, row: number, blankColumns: readonly string[]): ListColumn[] {
  return elementsOfRow(cells, row).flatMap((place) => {
    const heading = cells.text(place).trim();
    if (heading === '' || cells.isFormula(place)) return [];
    return [{ column: place.column, heading, ...entryHeading(heading, blankColumns) }];
  });
}

/**
 * Down to where something else is written or the ruling ends. A list without rules goes on as long as its rows look like
 * its first two; a last row of another look with rules in the same columns is the heavy line that closes the list.
 */
function lastRuledRow(
  cells: SheetCells,
  styles: WorkbookStyles,
  firstRow: number,
  columns: readonly ListColumn[],
): number {
  const styleAt = (row: number, column: number) => cells.cell({ row, column })?.attributes['s'];
  const looks = (row: number) => columns.map(({ column }) => styleAt(row, column) ?? '').join(' ');
  const rules = (row: number) => columns.map(({ column }) => styles.isRuled(styleAt(row, column))).join(' ');
  const usual = new Set([looks(firstRow), looks(firstRow + 1)]);
  const isRuled = rules(firstRow).includes('true');
  let last = firstRow;
  for (let row = firstRow + 1; cells.rows.has(row) && isFree(cells, row, columns); row++) {
    const same = isRuled ? rules(row) === rules(firstRow) : looks(row) === looks(firstRow) && looks(row).trim() !== '';
    if (!same) break;
    last = row;
    if (isRuled && !usual.has(looks(row)) && row > firstRow + 1 && !usual.has(looks(row + 1))) break;
  }
  return last;
}

/** Nothing in it but a number of its own and formulas. */
function isFree(cells: SheetCells, row: number, columns: readonly ListColumn[]): boolean {
  return elementsOfRow(cells, row).every((place) => {
    if (cells.isFormula(place)) {
      // a total under the list is a formula too, but it counts over rows
      return (
        columns.some(({ column }) => column === place.column) &&
        !/\b(?:SUM|SUBTOTAL|COUNT)/i.test(formulaAt(cells, place))
      );
    }
    const text = cells.text(place).trim();
    const number = columns.find(({ column }) => column === place.column)?.field === '番号';
    return text === '' || (number && /^\d+$/.test(plainName(text)));
  });
}

function formulaAt(cells: SheetCells, place: CellPlace): string {
  return (cells.cell(place)?.children ?? [])
    .flatMap((child) => (typeof child !== 'string' && child.name === 'f' ? child.children : []))
    .filter((child) => typeof child === 'string')
    .join('');
}

function elementsOfRow(cells: SheetCells, row: number): CellPlace[] {
  const found = cells.rows.get(row);
  if (found === undefined) return [];
  return found.children.flatMap((child) =>
    typeof child === 'string' || child.name !== 'c' ? [] : [placeOf(child.attributes['r']!)!],
  );
}
