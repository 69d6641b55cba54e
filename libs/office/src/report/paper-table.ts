import {
  AlignmentType,
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
import type { PaperColumn, PaperTable, PaperValue } from './paper.js';
import { GOTHIC, HEADING_FILL, NOTE_SIZE, RULE, STRONG_RULE, TABLE_SIZE, TOTAL_FILL, leading } from './paper-style.js';
import { printed } from './paper-value.js';

const BORDERS = { top: RULE, bottom: RULE, left: RULE, right: RULE, insideHorizontal: RULE, insideVertical: RULE };
/** A table of so few rows stays on one page. */
const SMALL = 11;
const CELL_MARGIN = { top: 40, bottom: 40, left: 90, right: 90 };

type Alignment = (typeof AlignmentType)[keyof typeof AlignmentType];

/** A ruled table with its caption above, its source and note below. @param width twips */
export function tableBlock(table: PaperTable, width: number): FileChild[] {
  const widths = columnWidths(table.columns, width);
  const keep = table.rows.length <= SMALL;
  const heading = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: table.columns.map(({ header }, index) =>
      cell(header, widths[index]!, { fill: HEADING_FILL, bold: true, align: AlignmentType.CENTER, keep: true }),
    ),
  });
  return [
    ...(table.caption === undefined ? [] : [captionOf(table.caption)]),
    new Table({
      rows: [
        heading,
        ...(table.rows.length === 0
          ? [emptyRow(table, width)]
          : table.rows.map((values, index) =>
              row(table.columns, values, widths, {
                keep: keep && (index < table.rows.length - 1 || table.totals !== undefined),
              }),
            )),
        ...(table.totals === undefined
          ? []
          : [row(table.columns, table.totals, widths, { fill: TOTAL_FILL, bold: true })]),
      ],
      width: { size: width, type: WidthType.DXA },
      columnWidths: widths,
      layout: TableLayoutType.FIXED,
      borders: BORDERS,
      margins: { ...CELL_MARGIN, marginUnitType: WidthType.DXA },
    }),
    ...below(table.source, table.note),
  ];
}

/** Label and value side by side. */
export function factsBlock(rows: readonly (readonly [label: string, value: string])[], width: number): FileChild[] {
  const widths = [Math.round(width * 0.26), width - Math.round(width * 0.26)];
  return [
    new Table({
      rows: rows.map(
        ([label, value], index) =>
          new TableRow({
            cantSplit: true,
            children: [
              cell(label, widths[0]!, { fill: HEADING_FILL, bold: true, keep: index < rows.length - 1 }),
              cell(value, widths[1]!),
            ],
          }),
      ),
      width: { size: width, type: WidthType.DXA },
      columnWidths: widths,
      layout: TableLayoutType.FIXED,
      borders: BORDERS,
      margins: { ...CELL_MARGIN, marginUnitType: WidthType.DXA },
    }),
    new Paragraph({ spacing: { after: 0, ...leading(160) }, children: [] }),
  ];
}

/** Source and note under a table or a picture; space where there are none. */
export function below(source: string | undefined, note?: string): Paragraph[] {
  const lines = [...(note === undefined ? [] : [note]), ...(source === undefined ? [] : [`出典：${source}`])];
  if (lines.length === 0) return [new Paragraph({ spacing: { after: 0, ...leading(160) }, children: [] })];
  return lines.map(
    (line, index) =>
      new Paragraph({
        alignment: AlignmentType.LEFT,
        spacing: { before: index === 0 ? 40 : 0, after: index === lines.length - 1 ? 160 : 0, ...leading(240) },
        children: [new TextRun({ text: printableText(line), font: GOTHIC, size: NOTE_SIZE, color: '555B64' })],
      }),
  );
}

export function captionOf(text: string): Paragraph {
  return new Paragraph({
    keepNext: true,
    spacing: { before: 140, after: 60 },
    children: [new TextRun({ text: printableText(text), font: GOTHIC, size: TABLE_SIZE, bold: true })],
  });
}

/** One cell; line ends in the text are kept. */
export function cell(
  text: string,
  width: number,
  look: { fill?: string; bold?: boolean; align?: Alignment; span?: number; strong?: boolean; keep?: boolean } = {},
): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlign.CENTER,
    ...(look.span !== undefined && { columnSpan: look.span }),
    ...(look.fill !== undefined && { shading: { fill: look.fill, type: 'clear', color: 'auto' } }),
    ...(look.strong === true && { borders: { top: STRONG_RULE } }),
    children: printableText(text)
      .split('\n')
      .map(
        (line) =>
          new Paragraph({
            alignment: look.align ?? AlignmentType.LEFT,
            ...(look.keep === true && { keepNext: true }),
            spacing: { ...leading(260), after: 0 },
            children: [new TextRun({ text: line, font: GOTHIC, size: TABLE_SIZE, bold: look.bold ?? false })],
          }),
      ),
  });
}

function row(
  columns: readonly PaperColumn[],
  values: readonly PaperValue[],
  widths: readonly number[],
  look: { fill?: string; bold?: boolean; keep?: boolean } = {},
): TableRow {
  return new TableRow({
    cantSplit: true,
    children: columns.map(({ kind = 'text' }, index) =>
      cell(printed(values[index], kind), widths[index]!, {
        ...look,
        align: kind === 'text' || kind === 'date' ? AlignmentType.LEFT : AlignmentType.RIGHT,
        strong: look.bold === true,
      }),
    ),
  });
}

function emptyRow(table: PaperTable, width: number): TableRow {
  return new TableRow({
    children: [cell(table.empty ?? '該当なし', width, { span: table.columns.length, align: AlignmentType.CENTER })],
  });
}

/** Whole twips that add up to the width. */
function columnWidths(columns: readonly PaperColumn[], width: number): number[] {
  const sum = columns.reduce((total, column) => total + (column.width ?? 1), 0);
  const widths = columns.map((column) => Math.floor((width * (column.width ?? 1)) / sum));
  widths[widths.length - 1]! += width - widths.reduce((total, each) => total + each, 0);
  return widths;
}
