import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import ExcelJS from 'exceljs';
import { csv, day, HEADINGS, row, workbook, zipped, type Cells } from './lists-rig.js';
import { readScheduleFile } from './schedule-file.js';

describe('the list of the city is read', () => {
  const read = {
    sessionCode: 'K-01',
    course: 'はじめてのスマホ',
    venue: '北区民センター',
    dates: [{ date: '2026-08-05', startsAt: '10:00', endsAt: '12:00' }],
    capacity: 20,
  };

  test.each<[string, Cells]>([
    ['text', row()],
    ['dates and times of the spreadsheet', row([3, day('2026-08-05')], [4, 10 / 24], [5, 0.5], [6, '20名'])],
    ['the Japanese calendar', row([3, '令和8年8月5日(水)'], [4, '10時'], [5, '12時'])],
    ['a date without strokes', row([3, 20260805])],
    ['full width', row([3, '２０２６／８／５'], [4, '１０：００'], [5, '１２：００'], [6, '２０'])],
    [
      'formulas and rich text',
      row([0, { richText: [{ text: 'K-' }, { text: '01' }] }], [6, { formula: '10+10', result: 20 }]),
    ],
  ])('with %s', async (_, cells) => {
    const { rows, problems } = await readScheduleFile(await workbook([HEADINGS, cells]), 'xlsx');
    expect(problems).toEqual([]);
    expect(rows).toMatchObject([read]);
  });

  test.each([
    ...[
      '2027/1/11(月・祝)',
      '2027年1月11日（月・祝）',
      '令和9年1月11日(月祝)',
      'R9.1.11 (月･祝日)',
      '2027/1/11(月・振休)',
    ],
    ...[
      '2027年1月11日(月) 祝',
      '2027年1月11日月曜日（祝）',
      '2027年1月11日（月曜日・㊗）',
      '2027/1/11(祝)',
      '2027/1/11(祝日)',
    ],
  ])('a holiday is marked as such: %s', async (date) => {
    const { rows, problems } = await readScheduleFile(await workbook([HEADINGS, row([3, date])]), 'xlsx');
    expect([rows[0]?.dates[0]?.date, problems]).toEqual(['2027-01-11', []]);
  });

  test.each<[string, Buffer]>([
    ['UTF-8', csv([HEADINGS, row()])],
    ['UTF-8 with a mark', Buffer.concat([Buffer.from('\ufeff'), csv([HEADINGS, row()])])],
    ['UTF-16 with tabs', Buffer.from(`\ufeff${HEADINGS.join('\t')}\n${row().join('\t')}`, 'utf16le')],
  ])('from a .csv in %s', async (_, content) => {
    expect((await readScheduleFile(content, 'csv')).rows).toMatchObject([read]);
  });

  test('from a .csv in Shift_JIS, with line breaks in quotation marks', async () => {
    // 講座,会場 and so on, as Excel of a Japanese Windows saves them
    const words: Record<string, string> = {
      ...{ 開: '8a4a', 催: '8dc3', 回: '89f1', コ: '8352', ー: '815b', ド: '8368', 講: '8d75', 座: '8dc0' },
      ...{ 会: '89ef', 場: '8fea', 日: '93fa', 付: '9574', 始: '8e6e', 終: '8f49', 了: '97b9', 定: '92e8', 員: '88f5' },
    };
    const sjis = (text: string) =>
      Buffer.concat([...text].map((one) => Buffer.from(words[one] ?? Buffer.from(one).toString('hex'), 'hex')));
    const content = sjis(`${HEADINGS.join(',')}\r\nK-01,"講\r\n座",会場,2026/8/5,10:00,12:00,20\r\n`);
    expect((await readScheduleFile(content, 'csv')).problems).toEqual([
      { cell: 'B2', reason: '改行などの制御文字があります' },
    ]);
  });

  test('with a title above, remarks beside, blank rows between, and a sheet before that is something else', async () => {
    const book = new ExcelJS.Workbook();
    book.addWorksheet('表紙').addRow(['スマートフォン教室']);
    book.addWorksheet('控え', { state: 'hidden' }).addRows([HEADINGS, row([0, 'hidden'])]);
    const sheet = book.addWorksheet('日程');
    sheet.addRows([
      ['令和8年度 第一期 日程'],
      [],
      [...HEADINGS, '備考'],
      row(),
      [],
      [...row([0, 'K-02']), '車いす可'],
      [null, null, null, null, null, null, null, '以上'],
    ]);
    const { rows, problems, ignored } = await readScheduleFile(Buffer.from(await book.xlsx.writeBuffer()), 'xlsx');
    expect(problems).toEqual([]);
    expect(rows.map(({ sessionCode, row: n }) => [sessionCode, n])).toEqual([
      ['K-01', 4],
      ['K-02', 6],
    ]);
    expect(ignored).toEqual(['H3']);
  });

  test('courses of two dates, slots of a consultation day, times in one cell', async () => {
    const headings = [
      '開催回コード',
      '相談会コード',
      '講座名',
      '会場名',
      '第1回 日付',
      '第1回 時間',
      '第2回 日付',
      '第2回 時間',
      '定員(人)',
      '受付開始',
    ];
    const content = await workbook([
      headings,
      ['K-01', null, '講座', '会場', '2026/8/5', '10:00～12:00', '2026/8/12', '13時半〜15時', 20, null],
      ['S-01', 'S', '相談', '会場', 'R8.8.6', '10:00-10:30', null, null, 1, '9:45'],
    ]);
    const { rows, problems, says } = await readScheduleFile(content, 'xlsx');
    expect(problems).toEqual([]);
    expect(rows.map(({ eventCode, dates }) => [eventCode, dates])).toEqual([
      [
        undefined,
        [
          { date: '2026-08-05', startsAt: '10:00', endsAt: '12:00' },
          { date: '2026-08-12', startsAt: '13:30', endsAt: '15:00' },
        ],
      ],
      ['S', [{ date: '2026-08-06', startsAt: '10:00', endsAt: '10:30', receptionStartsAt: '09:45' }]],
    ]);
    expect(says).toEqual({ eventCode: true, receptionStartsAt: true });
  });

  // With a list check down to the last row, a filter, a name for the whole sheet, dates as 令和8年8月5日.
  test.each(['openpyxl', 'xlsxwriter'])('as %s writes it', async (program) => {
    const content = await readFile(join(import.meta.dirname, 'lists', `${program}.xlsx`));
    const { rows, problems } = await readScheduleFile(content, 'xlsx');
    expect([rows[0], problems]).toMatchObject([read, []]);
  });

  test('furigana that Excel keeps beside a name is no part of it', async () => {
    const strings = [...HEADINGS, 'K-01', 'はじめてのスマホ', '2026-08-05', '10:00', '12:00'];
    const venue = '<si><t>北区民センター</t><rPh sb="0" eb="3"><t>キタクミン</t></rPh></si>';
    const shared = `<sst>${strings.map((text) => `<si><t>${text}</t></si>`).join('')}${venue}</sst>`;
    const cells = (n: number, from: readonly number[]) =>
      `<row r="${n}">${from.map((s) => `<c t="s"><v>${s}</v></c>`).join('')}`;
    const sheet = `<worksheet><sheetData>${cells(1, [0, 1, 2, 3, 4, 5, 6])}</row>${cells(2, [7, 8, 12, 9, 10, 11])}<c><v>20</v></c></row></sheetData></worksheet>`;
    expect((await readScheduleFile(zipped(sheet, { 'xl/sharedStrings.xml': shared }), 'xlsx')).rows).toMatchObject([
      read,
    ]);
  });
});

describe('every bad cell is named with its reason, all at once', () => {
  test('in each row', async () => {
    const content = await workbook([
      HEADINGS,
      row([0, null], [3, '2026/2/29'], [4, '25:00'], [6, '多数']),
      row([0, 'K-02'], [3, '令和8年8月5日(月)'], [4, '12:00'], [5, '10:00']),
      row([0, 'K-03'], [1, 'x'.repeat(201)], [3, '8月5日'], [6, 10_000]),
      row([2, { error: '#REF!' }], [6, 1.5]),
      row(),
    ]);
    const { problems } = await readScheduleFile(content, 'xlsx');
    expect(problems).toEqual([
      { cell: 'A2', reason: '空欄です' },
      { cell: 'D2', reason: '存在しない日付です' },
      { cell: 'E2', reason: '時刻として読めません（例: 9:30、13時30分）' },
      { cell: 'G2', reason: '0から9999までの人数を入れてください' },
      { cell: 'D3', reason: '日付と曜日が合いません（2026-08-05は水曜日です）' },
      { cell: 'F3', reason: '終了が開始より後になっていません' },
      { cell: 'B4', reason: '200文字以内にしてください' },
      { cell: 'D4', reason: '年がありません' },
      { cell: 'G4', reason: '0から9999までの人数を入れてください' },
      { cell: 'C5', reason: '数式がエラーになっています' },
      { cell: 'G5', reason: '0から9999までの人数を入れてください' },
      { cell: 'A6', reason: 'A5と同じ開催回コードです' },
    ]);
  });

  test('a holiday on another weekday, without its year, or with a remark that nobody knows', async () => {
    const dates = ['2027/1/11(火・祝)', '1月11日(月・祝)', '2027/1/11(月・雨)'];
    const content = await workbook([HEADINGS, ...dates.map((date, nth) => row([0, `K-${nth}`], [3, date]))]);
    expect((await readScheduleFile(content, 'xlsx')).problems).toEqual([
      { cell: 'D2', reason: '日付と曜日が合いません（2027-01-11は月曜日です）' },
      { cell: 'D3', reason: '年がありません' },
      { cell: 'D4', reason: '日付として読めません（例: 2026/8/5、令和8年8月5日）' },
    ]);
  });

  test('a class that ends before it begins, a second date before the first', async () => {
    const headings = [...HEADINGS, '第2回日付', '第2回開始', '第2回終了'];
    const content = await workbook([headings, [...row([4, '12:00'], [5, '10:00']), '2026/8/5', '10:00', '12:00']]);
    expect((await readScheduleFile(content, 'xlsx')).problems).toEqual([
      { cell: 'F2', reason: '終了が開始より後になっていません' },
      { cell: 'H2', reason: '前の回より後の日付にしてください' },
    ]);
  });

  test('columns that are missing or there twice, and a list of nothing', async () => {
    const missing = await readScheduleFile(csv([['開催回コード', '講座', '会場', '日付', '日付'], ['x']]), 'csv');
    expect(missing.problems).toEqual([
      { cell: 'E1', reason: '同じ見出しの列が2つあります' },
      ...['定員', '開始', '終了'].map((name) => ({ cell: 'A1', reason: `「${name}」の列がありません` })),
    ]);
    expect((await readScheduleFile(csv([HEADINGS]), 'csv')).problems).toEqual([
      { cell: 'A2', reason: '開催回が1件もありません' },
    ]);
  });
});
