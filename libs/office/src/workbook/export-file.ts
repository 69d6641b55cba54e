import type { Writable } from 'node:stream';
import { columnName } from '../roster/cell-place.js';
import { xmlText } from '../text/printable-text.js';
import { ZipStream } from '../zip/zip-stream.js';
import { columnWidth, stored } from './cell-text.js';
import { fixedParts, HEADING_STYLE, MAIN, styleOf, workbookPart } from './export-parts.js';
import { sheetNames } from './sheet-name.js';
import { pageText } from './sheet-page.js';
import type { CellValue, Column, ColumnKind } from './sheet.js';

/** A list of any length: no title, no totals, one heading; what other programs read. */
export interface Export {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: Iterable<readonly CellValue[]> | AsyncIterable<readonly CellValue[]>;
}

/** The most rows of a sheet, without its heading. */
export const MOST_ROWS = 1_048_575;
/** Characters that are handed on together. */
const PIECE = 64 * 1024;

/**
 * Writes a list into a stream, row by row as the rows are read; memory does not grow with the rows, and a slow reader
 * slows the writing. The stream is ended, or destroyed when the rows fail. The same list is the same file.
 * @returns how many rows were written
 * @throws RangeError beyond 1,048,575 rows, instead of a file that Excel refuses
 */
export async function writeExport(list: Export, out: Writable): Promise<number> {
  const sheetName = sheetNames([list.name])[0]!;
  const zip = new ZipStream(out);
  let count = 0;
  const area = () => `A1:${columnName(Math.max(1, list.columns.length))}${count + 1}`;
  try {
    for (const [name, text] of Object.entries(fixedParts())) await zip.add(name, [text]);
    await zip.add('xl/worksheets/sheet1.xml', sheet());
    // it says how far the filter goes, so it comes last
    await zip.add('xl/workbook.xml', [workbookPart(sheetName, area())]);
    await zip.end();
  } catch (error) {
    out.destroy(error as Error);
    throw error;
  }
  return count;

  async function* sheet(): AsyncGenerator<string> {
    let piece = beginning(list);
    const columns = list.columns.map(({ kind }, index) => ({
      kind,
      letters: columnName(index + 1),
      style: styleOf(kind),
    }));
    for await (const values of list.rows) {
      if (++count > MOST_ROWS) throw new RangeError(`A sheet has at most ${MOST_ROWS} rows.`);
      piece += rowText(columns, count + 1, values);
      if (piece.length < PIECE) continue;
      yield piece;
      piece = '';
    }
    yield `${piece}</sheetData><autoFilter ref="${area()}"/>${ending(list.name)}`;
  }
}

function beginning({ columns }: Export): string {
  const widths = columns
    .map(({ header, kind, width }, index) => {
      const at = index + 1;
      return `<col min="${at}" max="${at}" width="${columnWidth(header, kind, width)}" customWidth="1"/>`;
    })
    .join('');
  const heading = columns
    .map(({ header }, index) => textCell(`${columnName(index + 1)}1`, HEADING_STYLE, header))
    .join('');
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${widths === '' ? '' : `<cols>${widths}</cols>`}<sheetData><row r="1">${heading}</row>`;
}

function ending(title: string): string {
  const { oddHeader, oddFooter } = pageText(title, false);
  return `<pageMargins left="0.5" right="0.5" top="0.75" bottom="0.6" header="0.35" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/><headerFooter><oddHeader>${xmlText(oddHeader!)}</oddHeader><oddFooter>${xmlText(oddFooter!)}</oddFooter></headerFooter></worksheet>`;
}

interface WrittenColumn {
  readonly kind: ColumnKind;
  readonly letters: string;
  readonly style: number;
}

function rowText(columns: readonly WrittenColumn[], number: number, values: readonly CellValue[]): string {
  let row = `<row r="${number}">`;
  for (let index = 0; index < columns.length; index++) {
    const { kind, letters, style } = columns[index]!;
    const value = stored(values[index], kind);
    if (value === null || value === '') continue;
    const name = letters + number;
    row += typeof value === 'number' ? `<c r="${name}" s="${style}"><v>${value}</v></c>` : textCell(name, style, value);
  }
  return `${row}</row>`;
}

function textCell(name: string, style: number, text: string): string {
  return `<c r="${name}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
}
