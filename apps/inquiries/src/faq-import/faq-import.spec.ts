import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Document, Packer, Paragraph, Table, TableCell, TableRow } from 'docx';
import ExcelJS from 'exceljs';
import { strToU8, zipSync } from 'fflate';
import { CSV, DOCX, XLSX } from '../desk/file-upload.js';
import { openInquiriesDesk, type InquiriesDesk } from '../rehearsal/inquiries-desk.js';
import { tellSmallPlan } from '../rehearsal/small-plan.js';

let desk: InquiriesDesk;
beforeAll(async () => {
  desk = await openInquiriesDesk();
  await tellSmallPlan(desk, '2099-08-05');
});
afterAll(() => desk?.close());

const HEADINGS = ['番号', '分類', '質問', '回答', '検索語', '有効開始日', '見直し日'];
const ROWS = [
  [
    'Q-1',
    '会場',
    '駐車場はありますか',
    '駐車場はございません。\n地下鉄をご利用ください。',
    '車、パーキング',
    '2025-07-11',
    '2025-08-29',
  ],
  ['Q-2', '', '=SUM は何ですか', '数式ではありません。', '', '', ''],
  ['Q-3', '持ち物', '持ち物は', '筆記用具', '', '', ''],
];

async function xlsx(rows: readonly (readonly (string | Date)[])[]): Promise<Blob> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('FAQ');
  sheet.addRow(['よくある質問']);
  sheet.addRow(HEADINGS);
  for (const row of rows) sheet.addRow([...row]);
  return new Blob([Buffer.from(await book.xlsx.writeBuffer())], { type: XLSX });
}
const csv = (...rows: readonly (readonly string[])[]) =>
  new Blob([rows.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\r\n')], { type: CSV });
async function docx(rows: readonly (readonly string[])[]): Promise<Blob> {
  const cell = (text: string) => new TableCell({ children: text.split('\n').map((line) => new Paragraph(line)) });
  const table = new Table({ rows: [HEADINGS, ...rows].map((row) => new TableRow({ children: row.map(cell) })) });
  const file = await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph('別紙'), table] }] }));
  return new Blob([file], { type: DOCX });
}
const send = (file: Blob, query = '') => desk.ask('POST', `/faq/import${query}`, file, 'supervisor');
const written = async () =>
  Number((await desk.query(`select count(*) as n from events where type = 'FaqDrafted'`))[0]!['n']);
const publishAll = async () => {
  const waiting = (await desk.read('/faq?state=waiting')).body.entries as { faqId: string; version: number }[];
  const entries = waiting.map(({ faqId, version }) => ({ faqId, version }));
  return desk.ask('POST', '/faq/publish', { entries }, 'manager');
};

describe('the FAQ of the city (R018)', () => {
  test('is previewed, read in as drafts, and published by somebody else', async () => {
    const preview = await send(await xlsx(ROWS), '?dryRun');
    expect(preview.body).toMatchObject({ unchanged: 0, changed: [], problems: [], missing: [] });
    expect(preview.body.added.map(({ faqNo }: { faqNo: string }) => faqNo)).toEqual(['Q-1', 'Q-2', 'Q-3']);
    expect(preview.body.warnings).toEqual([{ cell: 'B4', reason: '上の行の分類とみなします' }]);
    expect(await written()).toBe(0);
    const imported = await send(await xlsx(ROWS), `?confirm=${preview.body.hash}`);
    expect(imported).toMatchObject({ status: 200, body: { hash: preview.body.hash } });
    expect(await written()).toBe(3);
    expect((await publishAll()).body).toEqual({ published: 3 });
    const { entries } = (await desk.read('/faq?state=published')).body;
    expect(entries[0]).toMatchObject({
      ...{ faqNo: 'Q-1', category: 'venue', question: '駐車場はありますか', keywords: ['車', 'パーキング'] },
      ...{
        answer: '駐車場はございません。\n地下鉄をご利用ください。',
        validFrom: '2025-07-11',
        reviewBy: '2025-08-29',
      },
    });
    expect(entries[1].category).toBe('venue');
  });

  test('read twice, as .xlsx, as .docx or as .csv, it changes nothing', async () => {
    const before = await written();
    for (const file of [await xlsx(ROWS), await docx(ROWS), csv(HEADINGS, ...ROWS)]) {
      expect((await send(file)).body).toMatchObject({ added: [], changed: [], unchanged: 3 });
    }
    expect(await written()).toBe(before);
  });

  test('changed in one answer it is one new draft, named with what is different; what is not on it is told', async () => {
    const changed = [ROWS[0]!, ['Q-3', '持ち物', '持ち物は', '筆記用具と充電器', '', '', '']];
    const { body } = await send(await docx(changed), '?dryRun=true');
    expect(body.changed).toEqual([expect.objectContaining({ faqNo: 'Q-3', changed: ['answer'] })]);
    expect(body.missing).toEqual([expect.objectContaining({ faqNo: 'Q-2' })]);
    expect((await send(await docx(changed), '?confirm=0000000000000000')).body.slug).toBe('confirmation-outdated');
    expect((await send(await docx(changed), `?confirm=${body.hash}`)).status).toBe(200);
    await publishAll();
  });

  test('exported and read in again it is the same (R018, R052)', async () => {
    const book = await desk.read('/faq/export.xlsx');
    expect(book.status).toBe(200);
    const again = await send(new Blob([book.bytes], { type: XLSX }), '?dryRun');
    expect(again.body).toMatchObject({ added: [], changed: [], unchanged: 3, missing: [], problems: [] });
    const read = new ExcelJS.Workbook();
    await read.xlsx.load(book.bytes as never);
    expect(read.worksheets.map(({ name }) => name)).toEqual(['ＦＡＱ', '変更履歴']);
    expect(read.worksheets[0]!.getColumn(3).values).toContain('=SUM は何ですか');
    const paper = await desk.read('/faq/export.docx');
    const reread = await send(new Blob([paper.bytes], { type: DOCX }), '?dryRun');
    expect(reread.body.problems).toEqual([]);
    expect(reread.body.unchanged + reread.body.changed.length).toBe(3);
  });
});

describe('a list with mistakes', () => {
  test('is refused as a whole, with every cell that is wrong', async () => {
    const before = await written();
    const bad = [
      ['Q-9', '天気', '晴れますか', '分かりません'],
      ['Q-9', '会場', '', '回答だけ'],
      ['', '会場', '長い', 'あ'.repeat(4_001)],
      ['Q-8', '会場', '有効日', '答え', '', '13月1日', ''],
      ['Q-7', '会場', '同じ番号', '答え'],
      ['Ｑ-7', '会場', '同じ番号の二つ目', '答え'],
    ];
    const { status, body } = await send(await xlsx(bad));
    expect({ status, slug: body.slug }).toEqual({ status: 400, slug: 'invalid-faq' });
    const cells = body.problems.map(({ cell }: { cell: string }) => cell);
    expect(cells).toEqual(['B3', 'C4', 'D5', 'F6', 'C8']);
    expect(JSON.stringify(body)).not.toContain('天気');
    expect(await written()).toBe(before);
  });

  test.each<[string, () => Blob | Promise<Blob>, number, string]>([
    ['nothing', () => new Blob([], { type: XLSX }), 400, 'unreadable-file'],
    ['a document without a table', async () => new Blob([await Packer.toBuffer(new Document({ sections: [] }))], { type: DOCX }), 400, 'unreadable-file'], // prettier-ignore
    ['other headings', () => csv(['氏名', '電話'], ['x', 'y']), 400, 'unreadable-file'],
    ['a bomb', () => bomb(), 413, 'file-too-large'],
    ['2,001 entries', () => csv(HEADINGS, ...Array.from({ length: 2_001 }, (_, n) => [`${n}`, '会場', `質問${n}`, '答え'])), 413, 'file-too-large'], // prettier-ignore
    ['a picture', () => new Blob(['x'], { type: 'image/png' }), 415, 'unsupported-media-type'],
  ])('%s is refused, and nothing is lost', async (_, file, status, slug) => {
    expect(await send(await file())).toMatchObject({ status, body: { slug } });
  });

  test('is for the supervisor to read in', async () => {
    expect((await desk.ask('POST', '/faq/import', csv(HEADINGS), 'operator')).body.slug).toBe('forbidden');
  });
});

function bomb(): Blob {
  const sheet = strToU8(`<worksheet><sheetData>${' '.repeat(20_000_000)}</sheetData></worksheet>`);
  const parts = {
    '[Content_Types].xml': strToU8('<Types/>'),
    '_rels/.rels': strToU8('<Relationships><Relationship Id="r1" Target="xl/workbook.xml"/></Relationships>'),
    'xl/workbook.xml': strToU8('<workbook xmlns:r="b"><sheets><sheet name="1" r:id="r1"/></sheets></workbook>'),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
    'xl/worksheets/sheet1.xml': sheet,
  };
  return new Blob([zipSync(parts)], { type: XLSX });
}
