import { stableArchive } from '../archive/stable-archive.js';
import { printableText } from '../text/printable-text.js';
import { definitionSheet } from './definition-sheet.js';
import { sheetNames } from './sheet-name.js';
import type { Book } from './sheet.js';
import { layOut } from './sheet-layout.js';
import { pageSetup, pageText } from './sheet-page.js';

/**
 * The .xlsx of a book: headings, frozen panes, filters, A4 print set-up, Japanese dates. The same book is the same file,
 * byte for byte. (R049, R050)
 */
export async function bookFile(book: Book): Promise<Buffer> {
  // With the first book: a desk starts a quarter of a second of processor sooner
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  workbook.creator = printableText(book.author ?? '');
  workbook.lastModifiedBy = workbook.creator;
  workbook.title = printableText(book.title);
  workbook.created = workbook.modified = new Date(book.at);
  const sheets = [...book.sheets];
  if (book.definitions !== false) sheets.push(...definitionSheet(sheets));
  const names = sheetNames(sheets.map(({ name }) => name));
  sheets.forEach((sheet, index) => {
    const page = workbook.addWorksheet(names[index]!, {
      pageSetup: pageSetup(sheet.landscape === true),
      headerFooter: pageText(book.title, book.specimen === true),
    });
    layOut(page, sheet);
  });
  return stableArchive(new Uint8Array(await workbook.xlsx.writeBuffer()), book.at);
}
