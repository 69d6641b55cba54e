import { timeAt, dateAt } from '#calendar/civil-time.js';
import { printableText } from '../text/printable-text.js';
import type { CellValue, ColumnKind } from './sheet.js';

/** The most that Excel keeps in a cell. */
const LONGEST = 32_767;

/** How Excel shows the numbers of a kind; 和暦 by the locale of Japan. */
export const FORMATS: Readonly<Record<ColumnKind, string>> = {
  text: '@',
  integer: '#,##0',
  decimal: '#,##0.0',
  percent: '0.0%',
  yen: '#,##0"円"',
  seconds: '#,##0"秒"',
  date: 'yyyy-mm-dd',
  eraDate: '[$-411]ggge"年"m"月"d"日（"aaa"）"',
  time: 'hh:mm',
  instant: 'yyyy-mm-dd hh:mm',
};

const WIDTHS: Readonly<Record<ColumnKind, number>> = {
  text: 18,
  integer: 10,
  decimal: 10,
  percent: 10,
  yen: 12,
  seconds: 10,
  date: 12,
  eraDate: 22,
  time: 8,
  instant: 17,
};

/**
 * What is stored for a value: a string stays text whatever it begins with, a date is a serial number. Text in a column of
 * numbers stays text (5未満), so does a date that does not exist.
 */
export function stored(value: CellValue | undefined, kind: ColumnKind): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') {
    if (kind === 'instant') return serial(dateAt(value)) + timeOfDay(timeAt(value));
    if (kind === 'text') return String(value);
    return Number.isFinite(value) ? value : null;
  }
  if ((kind === 'date' || kind === 'eraDate') && /^\d{4}-\d\d-\d\d$/.test(value)) return serial(value);
  if (kind === 'time' && /^\d\d:\d\d$/.test(value)) return timeOfDay(value);
  // a string, never whatever object a caller was handed: `{ formula }` would become a formula
  return printableText(String(value)).slice(0, LONGEST);
}

export function columnWidth(header: string, kind: ColumnKind, given: number | undefined): number {
  if (given !== undefined) return given;
  const width = displayWidth(header);
  // Short ones on one line, long ones on two: many columns have to fit on a sheet of paper
  return Math.max(WIDTHS[kind], width <= 12 ? width + 3 : width / 2 + 5);
}

/** In half-width characters. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += character.codePointAt(0)! < 0x2e80 ? 1 : 2;
  return width;
}

/** Days since 1899-12-30, as Excel counts. */
function serial(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 86_400_000 + 25_569;
}

function timeOfDay(time: string): number {
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) / 1440;
}
