import { AlignmentType, HeadingLevel, ImageRun, Paragraph, TextRun, type FileChild } from 'docx';
import { printableText } from '../text/printable-text.js';
import { chartPicture } from './chart-picture.js';
import type { Chart } from './chart.js';
import type { Block, Kpi, PaperTable, Source } from './paper.js';
import { boxBlock, signatureBlock } from './paper-boxes.js';
import { leading } from './paper-style.js';
import { below, factsBlock, tableBlock } from './paper-table.js';
import { printedKpi } from './paper-value.js';

const HEADINGS = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 } as const;
const ALIGNMENTS = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const;

/** What a block is in the file. @param width of the text, twips @param nth in its paper: each numbered list begins at (1) */
export async function blockChildren(block: Block, width: number, nth: number): Promise<FileChild[]> {
  switch (block.kind) {
    case 'heading':
      return [new Paragraph({ heading: HEADINGS[block.level], children: [plain(block.text)] })];
    case 'text':
      return printableText(block.text)
        .split('\n')
        .map((line) => new Paragraph({ alignment: ALIGNMENTS[block.align ?? 'left'], children: [plain(line)] }));
    case 'list':
      return block.items.map(
        (item) =>
          new Paragraph({
            numbering: { reference: block.numbered === true ? 'numbers' : 'points', level: 0, instance: nth },
            children: [plain(item)],
          }),
      );
    case 'facts':
      return factsBlock(block.rows, width);
    case 'table':
      return tableBlock(block.table, width);
    case 'chart':
      return chartBlock(block.chart, block.source);
    case 'kpis':
      return tableBlock(kpiTable(block.kpis), width);
    case 'sources':
      return tableBlock(sourceTable(block.sources), width);
    case 'box':
      return boxBlock(block.label, block.text, block.lines, width);
    case 'signatures':
      return signatureBlock(block.titles);
    case 'space':
      return [new Paragraph({ children: [] })];
    case 'pageBreak':
      return [new Paragraph({ pageBreakBefore: true, spacing: { after: 0, ...leading(20) }, children: [] })];
  }
}

async function chartBlock(chart: Chart, source: string | undefined): Promise<FileChild[]> {
  // Axes without a bar say nothing that the table beside them does not
  if (chart.series.every(({ values }) => values.every((value) => !value))) return [];
  const { png, width, height } = await chartPicture(chart);
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      keepNext: source !== undefined,
      spacing: { before: 120, after: 0, ...leading(240) },
      children: [
        new ImageRun({
          type: 'png',
          data: png,
          transformation: { width, height },
          altText: {
            name: printableText(chart.title),
            title: printableText(chart.title),
            description: printableText(chart.description ?? described(chart)),
          },
        }),
      ],
    }),
    ...below(source),
  ];
}

/** The numbers in words, for those who hear the document read aloud. */
function described({ title, categories, series, unit }: Chart): string {
  const said = series.map(
    ({ name, values }) =>
      `${name}：${categories.map((category, index) => `${category} ${values[index] ?? 'なし'}`).join('、')}`,
  );
  return `${title}（${unit}）。${said.join('。')}`;
}

function kpiTable(kpis: readonly Kpi[]) {
  return {
    columns: [
      { header: '指標', width: 2 },
      { header: '値', width: 1.2 },
      { header: '定義', width: 5 },
      { header: '出典', width: 2.4 },
    ],
    rows: kpis.map((kpi) => [kpi.name, printedKpi(kpi), kpi.definition, kpi.source ?? '']),
  };
}

/** A place that stands for all of them is printed once, under the table. */
function sourceTable(sources: readonly Source[]): PaperTable {
  const placed = sources.filter(({ asOf }) => asOf !== undefined);
  const columns = [
    { header: '出典', width: 2.4 },
    { header: '数え方', width: 6.6 },
  ];
  if (placed.length !== 1) {
    return {
      columns: [...columns, { header: '時点', width: 3 }],
      rows: sources.map(({ id, asks, asOf }) => [id, asks, asOf ?? '']),
    };
  }
  const { id, asks, asOf } = placed[0]!;
  return {
    columns,
    rows: sources.filter((source) => source !== placed[0]).map((source) => [source.id, source.asks]),
    note: `${id}：${asks}　${asOf}`,
  };
}

function plain(text: string): TextRun {
  return new TextRun(printableText(text));
}
