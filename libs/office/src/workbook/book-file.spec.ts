import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import ExcelJS from 'exceljs';
import { describeOffice } from '../rehearsal/describe-office.js';
import { OfficeProgram } from '../rehearsal/office-program.js';
import { completionRehearsal } from '../rehearsal/completion-rehearsal.js';
import { dailyReportRehearsal } from '../rehearsal/daily-report-rehearsal.js';
import { tallyRehearsal } from '../rehearsal/tally-rehearsal.js';
import { completionBook } from '../report/completion-book.js';
import { dailyReportBook } from '../report/daily-report-book.js';
import { tallyBook } from '../report/tally.js';
import { bookFile } from './book-file.js';
import { writeExport } from './export-file.js';
import { sheetNames } from './sheet-name.js';
import type { Book, Column, Sheet } from './sheet.js';

const AT = Date.parse('2025-07-11T07:30:00Z');
const COLUMNS: Column[] = [
  { header: '質問', kind: 'text', definition: 'よくある質問', source: 'faq' },
  { header: '件数', kind: 'integer', total: 'sum' },
  { header: '率', kind: 'percent' },
  { header: '日', kind: 'eraDate' },
  { header: '時', kind: 'time' },
  { header: '時点', kind: 'instant' },
];
const SHEET: Sheet = {
  name: 'ＦＡＱ',
  title: 'ＦＡＱ一覧',
  columns: COLUMNS,
  rows: [
    ['=HYPERLINK("http://x")', 3, 0.5, '2026-01-05', '09:30', AT],
    ['髙\u0008𠮷\ufffe', 4, null, '2025-02-29x', '九時', null],
  ],
};
const book = (sheets: Sheet[]): Book => ({ title: '帳票 & 控え', at: AT, sheets });

async function opened(file: Buffer): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(new Uint8Array(file).buffer);
  return workbook;
}

describe('a book', () => {
  test('is the same file each time, with headings in sight, a filter and A4 pages', async () => {
    const file = await bookFile(book([SHEET]));
    expect(file.equals(await bookFile(book([SHEET])))).toBe(true);
    const page = (await opened(file)).getWorksheet('ＦＡＱ')!;
    expect(page.views[0]).toMatchObject({ state: 'frozen', ySplit: 3 });
    expect(page.autoFilter).toBe('A3:F5');
    expect(page.pageSetup).toMatchObject({ paperSize: 9, fitToWidth: 1, fitToHeight: 0, printTitlesRow: '3:3' });
    expect(page.headerFooter.oddHeader).toContain('帳票 && 控え');
  });

  test('keeps text as text, dates as dates and what is neither as it is', async () => {
    const page = (await opened(await bookFile(book([SHEET])))).getWorksheet('ＦＡＱ')!;
    expect(page.getCell('A4').type).toBe(ExcelJS.ValueType.String);
    expect(page.getCell('A4').value).toBe('=HYPERLINK("http://x")');
    expect(page.getCell('A5').value).toBe('髙𠮷');
    expect(page.getCell('D4').value).toEqual(new Date('2026-01-05T00:00:00Z'));
    expect(page.getCell('D5').value).toBe('2025-02-29x');
    expect(page.getCell('E5').value).toBe('九時');
    expect(page.getCell('C5').value).toBeNull();
    expect(page.getCell('B6').value).toMatchObject({ formula: 'SUBTOTAL(109,B4:B5)' });
  });

  test('an object from elsewhere does not become a formula', async () => {
    const rows = [[{ formula: 'WEBSERVICE("http://x")' } as unknown as string]];
    const page = (await opened(await bookFile(book([{ name: 'x', columns: [COLUMNS[0]!], rows }])))).worksheets[0]!;
    expect(page.getCell('A2').value).toBe('[object Object]');
  });

  test('explains its columns on a sheet of their own, and without rows is still a book', async () => {
    const workbook = await opened(await bookFile(book([{ ...SHEET, rows: [] }])));
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['ＦＡＱ', '用語の定義']);
    expect(workbook.getWorksheet('用語の定義')!.getCell('C4').value).toBe('よくある質問');
  });

  test('gives every sheet a name that Excel takes', () => {
    expect(sheetNames(['a/b[c]:*?\\', 'A_b_c_____', '', "'x'", 'History', '𠮷'.repeat(20)])).toEqual([
      'a_b_c_____',
      'A_b_c_____ (2)',
      'シート',
      'x',
      'History (2)',
      '𠮷'.repeat(15),
    ]);
  });
});

describe('an export', () => {
  const collected = () => {
    const pieces: Buffer[] = [];
    const out = new Writable({ write: (piece: Buffer, _, done) => (pieces.push(piece), setImmediate(done)) });
    return { out, file: () => Buffer.concat(pieces) };
  };

  test('is written row by row, as wide as it is long', async () => {
    const { out, file } = collected();
    function* rows() {
      for (let row = 0; row < 3000; row++) yield [`=${row}`, row, row / 3000, '2026-01-05', '09:30', AT];
    }
    expect(await writeExport({ name: '申込/一覧', columns: COLUMNS, rows: rows() }, out)).toBe(3000);
    const page = (await opened(file())).worksheets[0]!;
    expect(page.name).toBe('申込_一覧');
    expect(page.rowCount).toBe(3001);
    expect(page.autoFilter).toBe('A1:F3001');
    expect(page.getCell('A3001').value).toBe('=2999');
    expect(page.getCell('D3001').value).toEqual(new Date('2026-01-05T00:00:00Z'));
  });

  test('whose rows fail half way leaves no file that looks whole', async () => {
    const { out } = collected();
    out.on('error', () => {});
    async function* rows() {
      yield ['a', 1];
      throw new Error('The database is gone.');
    }
    await expect(writeExport({ name: 'x', columns: COLUMNS, rows: rows() }, out)).rejects.toThrow('database');
    expect(out.destroyed).toBe(true);
  });
});

describeOffice('LibreOffice opens the books of a report', () => {
  let office: OfficeProgram;
  beforeAll(async () => {
    office = await OfficeProgram.start();
  });
  afterAll(() => office.close());

  test('the day, its hours and their total', async () => {
    const report = dailyReportRehearsal();
    const [hours] = await office.read(await bookFile(dailyReportBook(report)));
    expect(hours!.cells).toMatchObject({ A5: '09:00', C5: '135', G5: '93.3%', A12: '計', C12: '450' });
  });

  test('the tally with a day a line in 和暦, and no sum over what is not shown', async () => {
    const tally = tallyRehearsal();
    const [days, , , , definitions] = await office.read(await bookFile(tallyBook(tally)));
    expect(days!.cells).toMatchObject({
      A5: '令和7年7月11日（金）',
      C5: '450',
      A15: '計',
      C15: '640',
      P9: '＊',
      P15: '＊',
    });
    expect(days!.titleRows).toBe('4:4');
    expect(definitions!.name).toBe('用語の定義');
  });

  test('the data book of the completion report', async () => {
    const sheets = await office.read(await bookFile(completionBook(completionRehearsal())));
    expect(sheets.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['期別', '日別', '会場別', '問い合わせ', '指標と定義', '集計の根拠', '用語の定義']),
    );
    expect(sheets[0]!.cells).toMatchObject({ A5: '入電（件）', B5: '640', E5: 'calls_by_term' });
  });
});
