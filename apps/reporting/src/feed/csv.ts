import type { QueryColumn, Row } from '../query/query.js';

/**
 * What a program of tables would run as a formula, also behind blanks and in full width, which is safer to take for the same.
 * (§5.4; OWASP ASVS 1.2.10)
 */
export const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/**
 * For people with Excel: UTF-8 with BOM, CRLF, Japanese headers, RFC 4180. A text that would be read as a formula gets a
 * `'` before it; numbers of ours stay numbers, also negative ones.
 */
export function japaneseCsv(columns: readonly QueryColumn[], rows: readonly Row[]): string {
  const lines = [columns.map(({ header }) => header), ...rows.map((row) => cells(columns, row))];
  return `\ufeff${lines.map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`;
}

/** For programs: UTF-8, no BOM, LF, the names of the columns in snake_case. Guarded all the same: a person may open it. */
export function plainCsv(columns: readonly QueryColumn[], rows: readonly Row[]): string {
  const lines = [columns.map(({ name }) => name), ...rows.map((row) => cells(columns, row))];
  return `${lines.map((line) => line.map(quoted).join(',')).join('\n')}\n`;
}

function cells(columns: readonly QueryColumn[], row: Row): string[] {
  return columns.map(({ name }) => guarded(row[name]));
}

function guarded(value: Row[string] | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  return FORMULA.test(value) ? `'${value}` : value;
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
