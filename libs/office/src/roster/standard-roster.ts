import type { Borders, Fill, Font, Worksheet } from 'exceljs';
import { stableArchive } from '../archive/stable-archive.js';
import { examineRoster } from './roster-doctor.js';
import { rosterTemplateRefusal, type RosterTemplate } from './roster-template.js';

const SHEET = '予約者リスト';
const FACE = 'BIZ UDPゴシック';
const COLUMNS = [
  ['番号', 6],
  ['受付番号', 15],
  ['フリガナ', 22],
  ['氏名', 20],
  ['電話番号', 16],
  ['備考', 26],
  ['出欠', 7],
] as const;
const HEADING = 6;
/** Rows ruled in advance: a class of 20. */
const RULED = 20;
const FIRST = HEADING + 1;
const LAST = HEADING + RULED;

const THIN = { style: 'thin', color: { argb: 'FF6B7078' } } as const;
const HEAVY = { style: 'medium', color: { argb: 'FF33373D' } } as const;
const BOX: Partial<Borders> = { top: THIN, bottom: THIN, left: THIN, right: THIN };
const LABEL_FILL: Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8EEF6' } };
const FONT: Partial<Font> = { name: FACE, size: 11 };

let made: Promise<RosterTemplate> | undefined;

/** The template that ships, until the city gives its own; the same bytes each time. An ordinary .xlsx to start from. */
export function standardRoster(): Promise<RosterTemplate> {
  made ??= make();
  return made;
}

async function make(): Promise<RosterTemplate> {
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  const page = workbook.addWorksheet(SHEET, {
    pageSetup: {
      paperSize: 9,
      orientation: 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      horizontalCentered: true,
      margins: { left: 0.5, right: 0.5, top: 0.7, bottom: 0.7, header: 0.3, footer: 0.3 },
      printTitlesRow: `${HEADING}:${HEADING}`,
      printArea: `A1:G${LAST + 2}`,
    },
    headerFooter: {
      oddHeader: '&L&"-,Bold"&KC00000{{見本}}&R&9取扱注意・個人情報',
      oddFooter: '&L&9{{開催コード}}　{{版}}（{{名簿状態}}）　{{作成日時}}&R&9&P ／ &N',
    },
    views: [{ state: 'frozen', xSplit: 0, ySplit: HEADING, topLeftCell: `A${FIRST}` }],
  });
  page.columns = COLUMNS.map(([, width]) => ({ width }));
  top(page);
  list(page);
  bottom(page);
  rules(page);
  const stamp = Date.UTC(2026, 0, 1);
  workbook.created = workbook.modified = new Date(stamp);
  const bytes = new Uint8Array(
    stableArchive(new Uint8Array(await workbook.xlsx.writeBuffer()), stamp, (parts) => {
      // exceljs writes `$A1:$G28`, which is no print area for LibreOffice
      const text = Buffer.from(parts['xl/workbook.xml']!).toString('utf8');
      parts['xl/workbook.xml'] = Buffer.from(text.replace(`!$A1:$G${LAST + 2}<`, `!$A$1:$G$${LAST + 2}<`));
    }),
  );
  const examined = examineRoster(bytes);
  if (!examined.ok) throw rosterTemplateRefusal(examined.refusals);
  return examined.template;
}

function top(page: Worksheet): void {
  page.mergeCells('A1:G1');
  const title = page.getCell('A1');
  title.value = '予約者リスト（{{期}}）';
  title.font = { ...FONT, size: 16, bold: true };
  title.alignment = { horizontal: 'center', vertical: 'middle' };
  page.getRow(1).height = 30;
  fact(page, 'A2:B2', '講座', 'C2:D2', '講座名');
  fact(page, 'E2:E2', '定員', 'F2:G2', '定員');
  fact(page, 'A3:B3', '会場', 'C3:D3', '会場名');
  fact(page, 'E3:E3', '予約数', 'F3:G3', '予約数');
  // The whole width: a line holds a date with its times, and a class of several dates has a line for each
  fact(page, 'A4:B4', '開催日時', 'C4:G4', '開催日時');
  for (const line of [2, 3]) page.getRow(line).height = 30;
  page.getRow(4).height = 48;
  page.getRow(5).height = 8;
}

/** A label and, beside it, a cell that has the name of its field. */
function fact(page: Worksheet, labelArea: string, label: string, valueArea: string, field: string): void {
  for (const area of [labelArea, valueArea]) {
    const [from, to] = area.split(':');
    if (from !== to) page.mergeCells(area);
  }
  const [labelCell, valueCell] = [page.getCell(labelArea.split(':')[0]!), page.getCell(valueArea.split(':')[0]!)];
  labelCell.value = label;
  labelCell.fill = LABEL_FILL;
  labelCell.font = { ...FONT, bold: true };
  labelCell.alignment = { horizontal: 'center', vertical: 'middle' };
  valueCell.name = field;
  valueCell.font = FONT;
  valueCell.alignment = { horizontal: 'left', vertical: 'middle', wrapText: true, indent: 1 };
  for (const area of [labelArea, valueArea]) edge(page, area);
}

function edge(page: Worksheet, area: string): void {
  const [from, to] = area.split(':').map((name) => page.getCell(name));
  for (let column = Number(from!.col); column <= Number(to!.col); column++)
    page.getCell(Number(from!.row), column).border = BOX;
}

function list(page: Worksheet): void {
  const heading = page.getRow(HEADING);
  heading.height = 24;
  COLUMNS.forEach(([name], index) => {
    const cell = heading.getCell(index + 1);
    cell.value = name;
    cell.fill = LABEL_FILL;
    cell.font = { ...FONT, bold: true };
    cell.alignment = { horizontal: 'center', vertical: 'middle' };
    cell.border = { ...BOX, bottom: HEAVY };
  });
  for (let line = FIRST; line <= LAST; line++) {
    const row = page.getRow(line);
    row.height = 26;
    COLUMNS.forEach(([name], index) => {
      const cell = row.getCell(index + 1);
      const centred = name === '番号' || name === '出欠' || name === '受付番号';
      cell.font = { ...FONT, size: name === '備考' ? 9 : name === 'フリガナ' ? 10 : 11 };
      cell.numFmt = name === '番号' ? '0' : '@';
      cell.alignment = {
        vertical: 'middle',
        ...(!centred && { indent: 1 }),
        horizontal: centred ? 'center' : 'left',
        shrinkToFit: name !== '備考',
        wrapText: name === '備考',
      };
      cell.border = line === LAST ? { ...BOX, bottom: HEAVY } : BOX;
    });
  }
}

function bottom(page: Worksheet): void {
  const row = page.getRow(LAST + 1);
  row.height = 24;
  page.mergeCells(`A${LAST + 1}:B${LAST + 1}`);
  const label = row.getCell(1);
  label.value = '計（名）';
  const sum = row.getCell(3);
  sum.value = { formula: `SUBTOTAL(103,D${FIRST}:D${LAST})` };
  const present = row.getCell(6);
  present.value = '出席（名）';
  const count = row.getCell(7);
  count.value = { formula: `COUNTIF(G${FIRST}:G${LAST},"○")` };
  for (const cell of [label, sum, present, count]) {
    cell.font = { ...FONT, bold: true };
    cell.alignment = { vertical: 'middle', horizontal: cell === sum ? 'left' : 'right' };
  }
  const note = page.getCell(`A${LAST + 2}`);
  note.value = '※ 氏名・電話番号は講習会の受付にのみ使用し、終了後は市の指示に従って返却・廃棄してください。';
  note.font = { ...FONT, size: 9 };
}

/** A choice for attendance, a colour for what the reception must tell the person, a filter over the list. */
function rules(page: Worksheet): void {
  for (let line = FIRST; line <= LAST; line++)
    page.getCell(`G${line}`).dataValidation = {
      type: 'list',
      allowBlank: true,
      formulae: ['"○,×"'],
      showErrorMessage: true,
      error: '○ か × を選んでください。',
    };
  page.addConditionalFormatting({
    ref: `A${FIRST}:G${LAST}`,
    rules: [
      {
        type: 'expression',
        priority: 1,
        formulae: [`LEN($F${FIRST})>0`],
        style: { fill: { type: 'pattern', pattern: 'solid', bgColor: { argb: 'FFFFF4CC' } } },
      },
    ],
  });
  page.autoFilter = `A${HEADING}:G${LAST}`;
}
