import {
  AlignmentType, BorderStyle, Document, Packer, Paragraph, Table, TableCell, TableRow, TextRun, VerticalAlign, WidthType,
  type IRunOptions,
} from 'docx'; // prettier-ignore
import type { NoticeTemplate } from '../card/notice-template.js';
import { examine } from '../card/template-doctor.js';

// The notice that ships with the desk. A city may load it, change it in Word, and bring it back.

/** Made for elderly readers; on every Windows since 2018. */
const FONT = { ascii: 'BIZ UDGothic', hAnsi: 'BIZ UDGothic', eastAsia: 'BIZ UDゴシック' };
const MM = 56.69;

const ROWS: readonly (readonly [string, string])[] = [
  ['講座', '{{講座名}}'],
  ['日時', '{{日時}}'],
  ['受付開始', '{{受付開始時刻}}'],
  ['会場', '{{会場}}'],
  ['', '{{会場住所}}'],
  ['行き方', '{{会場案内}}'],
  ['持ち物', '{{持ち物}}'],
  ['受付番号', '{{受付番号}}'],
];

export async function defaultNoticeTemplate(): Promise<NoticeTemplate> {
  const examination = examine(await defaultTemplateFile());
  if (!examination.ok) throw new Error('The template of the desk does not pass its own doctor.');
  return examination.template;
}

/** The .docx itself, to be downloaded. */
export async function defaultTemplateFile(): Promise<Uint8Array> {
  const body = [
    line([run('{{通し番号}}', 5), run('　{{差し替え}}', 8, { bold: true })], { align: AlignmentType.RIGHT }),
    line([run('{{見本}}　', 12, { color: '999999' }), run('受講通知書', 17, { bold: true, characterSpacing: 60 })], {
      align: AlignmentType.CENTER,
      after: 1.2,
    }),
    line([run('{{氏名}}', 13, { bold: true }), run('　様', 11)], { after: 1 }),
    line([run('お申し込みいただいた講座の受講が決まりましたので、お知らせします。', 8.5)], { after: 1.2 }),
    facts(),
    line([run('都合が悪くなったときや、ご不明な点があるときは、お電話ください。', 8)], { before: 1.5, after: 0.6 }),
    line([run('{{連絡先}}', 8.5, { bold: true })], { after: 0.8 }),
    line([run('受付期間が終わったあとの連絡先', 7.5)]),
    line([run('{{閉設後連絡先}}', 8.5, { bold: true })], { after: 0.8 }),
    line([run('{{差出人}}', 8)], { align: AlignmentType.RIGHT }),
  ];
  const document = new Document({
    creator: 'Uketsuke',
    title: '受講通知書',
    styles: {
      default: { document: { run: { font: FONT, size: 17 }, paragraph: { spacing: { before: 0, after: 0 } } } },
    },
    sections: [{ properties: { page: { size: { width: 5_669, height: 8_391 }, margin: margins() } }, children: body }],
  });
  return Packer.toBuffer(document);
}

function margins() {
  const edge = Math.round(8 * MM);
  return { top: Math.round(6 * MM), bottom: Math.round(6 * MM), left: edge, right: edge, header: 0, footer: 0 };
}

function run(text: string, points: number, more: IRunOptions = {}): TextRun {
  return new TextRun({ text, font: FONT, size: points * 2, ...more });
}

function line(
  children: readonly TextRun[],
  {
    align = AlignmentType.LEFT,
    before = 0,
    after = 0,
  }: { align?: (typeof AlignmentType)[keyof typeof AlignmentType]; before?: number; after?: number } = {},
): Paragraph {
  const spacing = { before: Math.round(before * MM), after: Math.round(after * MM) };
  return new Paragraph({ children, alignment: align, spacing });
}

function facts(): Table {
  const border = { style: BorderStyle.SINGLE, size: 4, color: '808080' };
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
  const rows = ROWS.map(([label, value]) => {
    const big = value === '{{日時}}' || value === '{{会場}}';
    return new TableRow({
      cantSplit: true,
      children: [cell([run(label, 8)], 15), cell([run(value, big ? 10 : 9, { bold: big })], 69)],
    });
  });
  return new Table({
    rows,
    width: { size: Math.round(84 * MM), type: WidthType.DXA },
    columnWidths: [Math.round(15 * MM), Math.round(69 * MM)],
    borders: { top: border, bottom: border, left: none, right: none, insideHorizontal: border, insideVertical: none },
  });
}

function cell(children: readonly TextRun[], width: number): TableCell {
  return new TableCell({
    children: [new Paragraph({ children })],
    width: { size: Math.round(width * MM), type: WidthType.DXA },
    verticalAlign: VerticalAlign.CENTER,
    margins: { top: 30, bottom: 30, left: 40, right: 40 },
  });
}
