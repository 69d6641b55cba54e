import type { Borders, Cell, Fill, Font, Worksheet } from 'exceljs';
import { columnWidth, displayWidth, FORMATS, stored } from './cell-text.js';
import type { Column, Sheet } from './sheet.js';

const FACE = 'BIZ UDPゴシック';
export const BODY: Partial<Font> = { name: FACE, size: 10 };
export const HEAD: Partial<Font> = { name: FACE, size: 10, bold: true };
export const HEAD_FILL: Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8EEF6' } };
const TOTAL_FILL: Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF4F4F4' } };
/** Points of a line of the body, and of the highest row that Excel has. */
const LINE_HEIGHT = 13.5;
const HIGHEST = 409;
const LINE = { style: 'thin', color: { argb: 'FF8A8F98' } } as const;
export const BORDER: Partial<Borders> = { top: LINE, bottom: LINE, left: LINE, right: LINE };
const TOTAL_BORDER: Partial<Borders> = { ...BORDER, top: { style: 'medium', color: { argb: 'FF4A4F57' } } };

/** Title, lines, table, notes; the heading stays in sight and on every printed page. */
export function layOut(page: Worksheet, sheet: Sheet): void {
  const { columns } = sheet;
  const widths = columns.map(({ header, kind, width }) => columnWidth(header, kind, width));
  page.columns = widths.map((width) => ({ width }));
  let line = 0;
  const next = () => page.getRow(++line);
  if (sheet.title !== undefined) {
    const row = next();
    row.height = 24;
    put(row.getCell(1), stored(sheet.title, 'text'), { ...BODY, size: 14, bold: true });
  }
  for (const text of sheet.lead ?? []) put(next().getCell(1), stored(text, 'text'), BODY);
  if (line > 0) line++;
  const heading = next();
  heading.height = columns.some(({ header }) => header.length > 6) ? 32 : 20;
  columns.forEach(({ header }, index) => headCell(heading.getCell(index + 1), header));
  const headingLine = line;
  for (const values of sheet.rows) {
    const row = next();
    let lines = 1;
    columns.forEach(({ kind }, index) => {
      const value = stored(values[index], kind);
      bodyCell(row.getCell(index + 1), value, kind);
      if (kind === 'text' && typeof value === 'string') lines = Math.max(lines, linesOf(value, widths[index]!));
    });
    // Not every program makes room for what it wraps
    if (lines > 1) row.height = Math.min(HIGHEST, lines * LINE_HEIGHT + 3);
  }
  const lastLine = line;
  totals(page, sheet, next, headingLine, lastLine);
  if ((sheet.notes ?? []).length > 0) line++;
  for (const text of sheet.notes ?? []) put(next().getCell(1), stored(text, 'text'), { ...BODY, size: 9 });
  page.views = [{ state: 'frozen', xSplit: 0, ySplit: headingLine, topLeftCell: `A${headingLine + 1}` }];
  page.pageSetup.printTitlesRow = `${headingLine}:${headingLine}`;
  if (columns.length > 0) {
    page.autoFilter = {
      from: { row: headingLine, column: 1 },
      to: { row: Math.max(headingLine, lastLine), column: columns.length },
    };
  }
}

/** Lines that a text takes in a column. */
function linesOf(text: string, width: number): number {
  return text.split('\n').reduce((lines, line) => lines + Math.max(1, Math.ceil(displayWidth(line) / (width - 1))), 0);
}

export function headCell(cell: Cell, header: string): void {
  put(cell, stored(header, 'text'), HEAD);
  cell.fill = HEAD_FILL;
  cell.border = BORDER;
  cell.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true };
}

function bodyCell(cell: Cell, value: string | number | null, kind: Column['kind']): void {
  put(cell, value, BODY);
  cell.border = BORDER;
  cell.numFmt = FORMATS[kind];
  cell.alignment =
    kind === 'text'
      ? { vertical: 'middle', wrapText: true }
      : { vertical: 'middle', horizontal: typeof value === 'string' ? 'center' : 'right' };
}

/** Given totals, or sums by formula over the rows that the filter shows. */
function totals(
  page: Worksheet,
  sheet: Sheet,
  next: () => ReturnType<Worksheet['getRow']>,
  headingLine: number,
  lastLine: number,
): void {
  const computed = sheet.columns.some(({ total }) => total !== undefined) && lastLine > headingLine;
  if (sheet.totals === undefined && !computed) return;
  const row = next();
  sheet.columns.forEach(({ kind, total }, index) => {
    const cell = row.getCell(index + 1);
    const given = stored(sheet.totals?.[index], kind);
    bodyCell(cell, given ?? (index === 0 && sheet.totals === undefined ? '計' : null), kind);
    if (given === null && total !== undefined && computed) {
      const letter = page.getColumn(index + 1).letter;
      const range = `${letter}${headingLine + 1}:${letter}${lastLine}`;
      // 109 and 101 count only what the filter leaves in sight
      cell.value = { formula: `SUBTOTAL(${total === 'sum' ? 109 : 101},${range})` };
    }
    cell.font = HEAD;
    cell.fill = TOTAL_FILL;
    cell.border = TOTAL_BORDER;
  });
}

function put(cell: Cell, value: string | number | null, font: Partial<Font>): void {
  cell.value = value;
  cell.font = font;
}
