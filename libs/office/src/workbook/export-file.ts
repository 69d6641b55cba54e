import type { Writable } from 'node:stream';
import { once } from 'node:events';
import ExcelJS from 'exceljs';
import { columnWidth, FORMATS, stored } from './cell-text.js';
import { sheetNames } from './sheet-name.js';
import { BODY, headCell } from './sheet-layout.js';
import { pageSetup, pageText } from './sheet-page.js';
import type { CellValue, Column } from './sheet.js';

/** A list of any length: no title, no totals, one heading; what other programs read. */
export interface Export {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: Iterable<readonly CellValue[]> | AsyncIterable<readonly CellValue[]>;
}

/** The most rows of a sheet, without its heading. */
export const MOST_ROWS = 1_048_575;
/** Rows between two looks at whether the reader keeps up. */
const STRIDE = 500;

/**
 * Writes a list into a stream, row by row as the rows are read; memory does not grow with the rows, and a slow reader
 * slows the writing. The stream is ended, or destroyed when the rows fail.
 * @returns how many rows were written
 * @throws RangeError beyond 1,048,575 rows, instead of a file that Excel refuses
 */
export async function writeExport(list: Export, out: Writable): Promise<number> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false });
  const page = workbook.addWorksheet(sheetNames([list.name])[0]!, {
    views: [{ state: 'frozen', xSplit: 0, ySplit: 1, topLeftCell: 'A2' }],
    pageSetup: { ...pageSetup(true), printTitlesRow: '1:1' },
    headerFooter: pageText(list.name, false),
  });
  const { columns } = list;
  page.columns = columns.map(({ header, kind, width }) => ({
    width: columnWidth(header, kind, width),
    style: { font: BODY, numFmt: FORMATS[kind] },
  }));
  const heading = page.getRow(1);
  columns.forEach(({ header }, index) => headCell(heading.getCell(index + 1), header));
  heading.commit();
  let count = 0;
  try {
    for await (const values of list.rows) {
      if (++count > MOST_ROWS) throw new RangeError(`A sheet has at most ${MOST_ROWS} rows.`);
      page.addRow(columns.map(({ kind }, index) => stored(values[index], kind))).commit();
      if (count % STRIDE === 0 && out.writableNeedDrain) await once(out, 'drain');
    }
    page.autoFilter = { from: { row: 1, column: 1 }, to: { row: count + 1, column: Math.max(1, columns.length) } };
    page.commit();
    await workbook.commit();
  } catch (error) {
    out.destroy(error as Error);
    throw error;
  }
  return count;
}
