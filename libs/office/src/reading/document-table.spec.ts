import { describe, expect, test } from '@jest/globals';
import { Document, Packer, Paragraph, Table, TableCell, TableRow, TextRun, VerticalMergeType } from 'docx';
import { strToU8, zipSync } from 'fflate';
import { Refusal } from '#kernel/refusal.js';
import { readDocumentTables } from './document-table.js';

const bounds = { rows: 10, cellLength: 40 };
const cell = (text: string, options: object = {}) =>
  new TableCell({ children: text.split('\n').map((line) => new Paragraph(line)), ...options });
const table = (...rows: TableCell[][]) => new Table({ rows: rows.map((children) => new TableRow({ children })) });
const document = (...children: (Table | Paragraph)[]) => Packer.toBuffer(new Document({ sections: [{ children }] }));
const zipped = (body: string) => Buffer.from(zipSync({ 'word/document.xml': strToU8(body) }));
const refusal = (content: Buffer) =>
  readDocumentTables(content, bounds).then(
    () => 'read',
    (thrown: unknown) => (thrown instanceof Refusal ? thrown.slug : thrown),
  );
const cells = async (content: Buffer) =>
  (await readDocumentTables(content, bounds)).map(({ rows }) => rows.map((row) => [...row.cells]));

describe('the tables of a .docx', () => {
  test('are read in order, cell by cell, with their lines; text between them is not', async () => {
    const content = await document(
      new Paragraph('よくある質問'),
      table([cell('質問'), cell('回答')], [cell('持ち物は'), cell('筆記用具\nスマートフォン')]),
      table([cell('一'), cell('')]),
    );
    expect(await cells(content)).toEqual([
      [
        [
          [0, '質問'],
          [1, '回答'],
        ],
        [
          [0, '持ち物は'],
          [1, '筆記用具\nスマートフォン'],
        ],
      ],
      [[[0, '一']]],
    ]);
  });

  test('a cell merged downwards says the same in every row, one merged sideways pushes the next on', async () => {
    const content = await document(
      table(
        [cell('会場', { verticalMerge: VerticalMergeType.RESTART }), cell('駐車場は'), cell('ありません')],
        [cell('', { verticalMerge: VerticalMergeType.CONTINUE }), cell('両方', { columnSpan: 2 })],
        [cell('幅', { columnSpan: 2 }), cell('三列目')],
      ),
    );
    const rows = (await cells(content))[0]!;
    expect(rows[1]).toEqual([
      [0, '会場'],
      [1, '両方'],
    ]);
    expect(rows[2]).toEqual([
      [0, '幅'],
      [2, '三列目'],
    ]);
  });

  test('furigana, deleted text and tables inside are not cells of their own', async () => {
    const inner = '<w:tbl><w:tr><w:tc><w:p><w:r><w:t>内</w:t></w:r></w:p></w:tc></w:tr></w:tbl>';
    const ruby =
      '<w:ruby><w:rt><w:r><w:t>さっぽろ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>札幌</w:t></w:r></w:rubyBase></w:ruby>';
    const body = `<w:document xmlns:w="w"><w:tbl><w:tr><w:tc><w:p><w:r>${ruby}<w:delText>旧</w:delText></w:r></w:p>${inner}</w:tc></w:tr></w:tbl></w:document>`;
    expect(await cells(zipped(body))).toEqual([[[[0, '札幌\n内']]]]);
  });

  test('a run of text keeps its parts together', async () => {
    const content = await document(
      table([new TableCell({ children: [new Paragraph({ children: [new TextRun('ス'), new TextRun('マホ')] })] })]),
    );
    expect(await cells(content)).toEqual([[[[0, 'スマホ']]]]);
  });

  test.each<[string, string, () => Buffer]>([
    ['nothing', 'unreadable-file', () => Buffer.alloc(0)],
    ['a zip of something else', 'unreadable-file', () => Buffer.from(zipSync({ 'a.txt': strToU8('a') }))],
    ['broken XML', 'unreadable-file', () => zipped('<w:document><w:tbl>')],
    ['XML that expands', 'unreadable-file', () => zipped('<!DOCTYPE a [<!ENTITY b "bbb">]><a>&b;</a>')],
    ['a bomb', 'file-too-large', () => zipped(`<a>${' '.repeat(20_000_000)}</a>`)],
    ['too many rows', 'file-too-large', () => zipped(rowsOf(11))],
  ])('%s is refused as %s', async (_, slug, content) => {
    expect(await refusal(content())).toBe(slug);
  });
});

function rowsOf(count: number): string {
  const row = '<w:tr><w:tc><w:p><w:r><w:t>一</w:t></w:r></w:p></w:tc></w:tr>';
  return `<w:document xmlns:w="w"><w:tbl>${row.repeat(count)}</w:tbl></w:document>`;
}
