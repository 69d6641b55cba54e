import ExcelJS from 'exceljs';
import { strToU8, zipSync } from 'fflate';

// Lists as the city might send them, for specs.

export const HEADINGS = ['開催回コード', '講座', '会場', '日付', '開始', '終了', '定員'];
export type Cells = readonly (string | number | Date | object | null)[];

/** A list as exceljs writes it. */
export async function workbook(rows: readonly Cells[], change?: (sheet: ExcelJS.Worksheet) => void): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('日程');
  for (const row of rows) sheet.addRow([...row]);
  change?.(sheet);
  return Buffer.from(await book.xlsx.writeBuffer());
}

export const csv = (rows: readonly (readonly unknown[])[]) =>
  Buffer.from(rows.map((row) => row.join(',')).join('\r\n'));
export const day = (text: string) => new Date(`${text}T00:00:00Z`);
export const row = (...change: [column: number, value: string | number | Date | object | null][]) => {
  const cells: (string | number | Date | object | null)[] = [
    ...['K-01', 'はじめてのスマホ', '北区民センター', '2026-08-05', '10:00', '12:00', 20],
  ];
  for (const [column, value] of change) cells[column] = value;
  return cells;
};

/** An .xlsx put together by hand: what other programs, or somebody with bad intentions, may write. */
export function zipped(sheet: string, more: Record<string, string> = {}): Buffer {
  const parts = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': '<Relationships><Relationship Id="r1" Target="xl/workbook.xml"/></Relationships>',
    'xl/workbook.xml':
      '<x:workbook xmlns:x="a" xmlns:r="b"><x:sheets><x:sheet name="1" r:id="r1"/></x:sheets></x:workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="/xl/sharedStrings.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': sheet,
    ...more,
  };
  return Buffer.from(zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]))));
}
