import {
  AlignmentType, BorderStyle, Document, LineRuleType, Packer, Paragraph, Table, TableCell, TableRow, TextRun,
  VerticalAlign, WidthType, type IRunOptions,
} from 'docx'; // prettier-ignore
import type { NoticeTemplate } from '../card/notice-template.js';
import { examine } from '../card/template-doctor.js';

// The notice that ships with the desk. A city may load it, change it in Word, and bring it back.

/** Made for elderly readers; on every Windows since 2018. */
const FONT = { ascii: 'BIZ UDGothic', hAnsi: 'BIZ UDGothic', eastAsia: 'BIZ UDゴシック' };
const MM = 56.69;

const ROWS: readonly (readonly [string, string])[] = [
  ['講座', '{{講座名}}'],
  ['日時', '{{日時二行}}'],
  ['受付開始', '{{受付開始時刻}}'],
  ['会場', '{{会場}}'],
  ['所在地', '{{会場住所}}'],
  ['行き方', '{{会場案内}}'],
  ['持ち物', '{{持ち物}}'],
  ['受付番号', '{{受付番号}}'],
];

const BIG: ReadonlySet<string> = new Set(['{{日時二行}}', '{{会場}}', '{{受付番号}}']);
/** Millimetres; together as wide as the text. */
const [LABEL, VALUE] = [12, 74];

export async function defaultNoticeTemplate(): Promise<NoticeTemplate> {
  const examination = examine(await defaultTemplateFile());
  if (!examination.ok) throw new Error('The template of the desk does not pass its own doctor.');
  return examination.template;
}

/** The .docx itself, to be downloaded. */
export async function defaultTemplateFile(): Promise<Uint8Array> {
  const body = [
    line([run('{{通し番号}}', 5), run('　{{差し替え}}', 8, { bold: true })], { align: AlignmentType.RIGHT }),
    line([run('{{見本}}　', 12, { color: '999999' }), run('受講通知書', 15, { bold: true, characterSpacing: 60 })], {
      points: 15,
      align: AlignmentType.CENTER,
      after: 0.8,
    }),
    line([run('{{氏名}}', 12, { bold: true }), run('　様', 11)], { points: 12, after: 1 }),
    line([run('次のとおり受講が決まりましたので、お知らせします。', 8)], { after: 0.8 }),
    facts(),
    line([run('都合が悪くなったときや、ご不明な点があるときは、お電話ください。', 7.5)], { before: 0.8, after: 0.3 }),
    line([run('{{連絡先}}', 8, { bold: true })], { after: 0.4 }),
    line([run('受付期間が終わったあとの連絡先', 7)]),
    line([run('{{閉設後連絡先}}', 8, { bold: true })], { after: 0.4 }),
    line([run('{{差出人}}', 7.5)], { align: AlignmentType.RIGHT }),
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
  const edge = Math.round(7 * MM);
  return { top: Math.round(5 * MM), bottom: Math.round(4 * MM), left: edge, right: edge, header: 0, footer: 0 };
}

function run(text: string, points: number, more: IRunOptions = {}): TextRun {
  return new TextRun({ text, font: FONT, size: points * 2, ...more });
}

interface LineStyle {
  /** Of its largest type. */
  readonly points?: number;
  readonly align?: (typeof AlignmentType)[keyof typeof AlignmentType];
  /** Millimetres. */
  readonly before?: number;
  readonly after?: number;
}

function line(children: readonly TextRun[], style: LineStyle = {}): Paragraph {
  const { points = 8, align = AlignmentType.LEFT, before = 0, after = 0 } = style;
  const spacing = { ...exactly(points), before: Math.round(before * MM), after: Math.round(after * MM) };
  return new Paragraph({ children, alignment: align, spacing });
}

/** The height of a line does not depend on the fonts of the machine that prints. */
function exactly(points: number) {
  return { line: Math.round(points * 1.3 * 20), lineRule: LineRuleType.EXACT };
}

function facts(): Table {
  const border = { style: BorderStyle.SINGLE, size: 4, color: '808080' };
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
  const rows = ROWS.map(([label, value]) => {
    return new TableRow({
      cantSplit: true,
      children: [
        cell([run(label, 7.5)], LABEL),
        cell([run(value, BIG.has(value) ? 9 : 8.5, { bold: BIG.has(value) })], VALUE),
      ],
    });
  });
  return new Table({
    rows,
    width: { size: Math.round(86 * MM), type: WidthType.DXA },
    columnWidths: [Math.round(LABEL * MM), Math.round(VALUE * MM)],
    borders: { top: border, bottom: border, left: none, right: none, insideHorizontal: border, insideVertical: none },
  });
}

function cell(children: readonly TextRun[], width: number): TableCell {
  return new TableCell({
    // A word processor would set gaps around figures, and a time would stand apart from its 時
    children: [new Paragraph({ children, spacing: exactly(9), autoSpaceEastAsianText: false })],
    width: { size: Math.round(width * MM), type: WidthType.DXA },
    verticalAlign: VerticalAlign.CENTER,
    margins: { top: 20, bottom: 20, left: 30, right: 30 },
  });
}
