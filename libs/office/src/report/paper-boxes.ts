import {
  AlignmentType,
  HeightRule,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
  type FileChild,
} from 'docx';
import { printableText } from '../text/printable-text.js';
import { GOTHIC, HEADING_FILL, RULE, TABLE_SIZE, leading } from './paper-style.js';
import { cell } from './paper-table.js';

const LINE = 340;
const SIGNATURE = { width: 1300, height: 1000 };
const BORDERS = { top: RULE, bottom: RULE, left: RULE, right: RULE, insideHorizontal: RULE, insideVertical: RULE };

/** A labelled box: with what is known, or empty for a pen. @param lines of text that fit at least */
export function boxBlock(label: string, text: string | undefined, lines: number, width: number): FileChild[] {
  return [
    new Table({
      rows: [
        new TableRow({
          cantSplit: true,
          children: [cell(label, width, { fill: HEADING_FILL, bold: true, keep: true })],
        }),
        new TableRow({
          // A box for a pen stands whole on one page, under its label; one that is full may be longer than a page
          cantSplit: text === undefined,
          height: { value: Math.max(1, lines) * LINE, rule: HeightRule.ATLEAST },
          children: [
            new TableCell({
              width: { size: width, type: WidthType.DXA },
              verticalAlign: VerticalAlign.TOP,
              children: printableText(text ?? '')
                .split('\n')
                .map(
                  (line) => new Paragraph({ spacing: { ...leading(300), after: 0 }, children: [new TextRun(line)] }),
                ),
            }),
          ],
        }),
      ],
      width: { size: width, type: WidthType.DXA },
      columnWidths: [width],
      layout: TableLayoutType.FIXED,
      borders: BORDERS,
      margins: { top: 60, bottom: 60, left: 120, right: 120, marginUnitType: WidthType.DXA },
    }),
    new Paragraph({ spacing: { after: 0, ...leading(120) }, children: [] }),
  ];
}

/** 確認欄: a square a title, at the right edge, for seal or signature. */
export function signatureBlock(titles: readonly string[]): FileChild[] {
  const widths = titles.map(() => SIGNATURE.width);
  return [
    new Paragraph({ keepNext: true, spacing: { before: 120, after: 0 }, children: [] }),
    new Table({
      alignment: AlignmentType.RIGHT,
      rows: [
        new TableRow({
          cantSplit: true,
          children: titles.map((title) =>
            cell(title, SIGNATURE.width, { fill: HEADING_FILL, align: AlignmentType.CENTER }),
          ),
        }),
        new TableRow({
          cantSplit: true,
          height: { value: SIGNATURE.height, rule: HeightRule.EXACT },
          children: titles.map(
            () =>
              new TableCell({
                width: { size: SIGNATURE.width, type: WidthType.DXA },
                children: [new Paragraph({ children: [new TextRun({ text: '', font: GOTHIC, size: TABLE_SIZE })] })],
              }),
          ),
        }),
      ],
      width: { size: SIGNATURE.width * titles.length, type: WidthType.DXA },
      columnWidths: widths,
      layout: TableLayoutType.FIXED,
      borders: BORDERS,
    }),
    // A table has to be followed by a line; this one needs no page of its own
    new Paragraph({ spacing: { after: 0, ...leading(20) }, children: [] }),
  ];
}
