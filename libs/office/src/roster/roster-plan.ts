import type { TemplateRemark } from '../card/notice-template.js';
import { areaOf, cellName, type CellArea, type CellPlace } from './cell-place.js';
import { entryField, sessionField } from './roster-fields.js';
import { findList, type RosterList } from './roster-list.js';
import { plainText, SheetCells } from './sheet-cells.js';
import { writeOutSharedFormulas } from './sheet-growth.js';
import type { WorkbookParts } from './workbook-parts.js';
import { WorkbookStyles } from './workbook-styles.js';
import { element, elements, everyElement, textOf, type XmlElement } from './xml-tree.js';

/** `{{会場名}}`, in half or full width. */
export const PLACEHOLDER = /(?:\{\{|｛｛)\s*([^{}｛｝]*?)\s*(?:\}\}|｝｝)/g;

/** A sheet of the template with the fields of the session that stand in it. */
export interface PlannedSheet {
  readonly name: string;
  readonly path: string;
  readonly tree: XmlElement;
  readonly cells: SheetCells;
  /** Cells that are a field as a whole, by name of the workbook. */
  readonly named: readonly { readonly place: CellPlace; readonly field: string }[];
}

/** What a template says about where a roster goes. */
export interface RosterPlan {
  readonly sheets: readonly PlannedSheet[];
  readonly listSheet: PlannedSheet;
  readonly list: RosterList;
  readonly styles: WorkbookStyles;
  /** Fields of the session and of the list that are used. */
  readonly fields: readonly string[];
}

/** Reads the plan of a template, and everything that is wrong with it. @throws Error when parts are missing or broken */
export function readPlan(
  parts: WorkbookParts,
  blankColumns: readonly string[],
): { plan?: RosterPlan; refusals: TemplateRemark[] } {
  const refusals: TemplateRemark[] = [];
  const shared = parts.sharedStrings();
  const stylesPath = parts.workbookPart('styles');
  const styles = new WorkbookStyles(stylesPath === undefined ? undefined : parts.tree(stylesPath));
  const names = definedNames(parts);
  const sheets = parts.sheets.map((sheet): PlannedSheet => {
    const tree = parts.tree(sheet.path);
    writeOutSharedFormulas(tree);
    return {
      ...sheet,
      tree,
      cells: new SheetCells(tree, shared),
      named: names.flatMap(({ name, sheetName, area }) => {
        const field = sheetName === sheet.name ? sessionField(name) : undefined;
        return field === undefined ? [] : [{ place: area.from, field }];
      }),
    };
  });
  const lists = sheets.flatMap((sheet) => {
    const body = names.find(({ name, sheetName }) => sheetName === sheet.name && LIST_NAMES.has(name));
    const rows = body === undefined ? undefined : { from: body.area.from.row, to: body.area.to.row };
    const list = findList(sheet.cells, styles, blankColumns, rows);
    return list === undefined ? [] : [{ sheet, list }];
  });
  if (lists.length === 0) {
    refusals.push({
      code: 'list-missing',
      message: '名簿の見出し行が見つかりません。「受付番号」「氏名」などの見出しを１行に並べてください。',
    });
    return { refusals };
  }
  if (lists.length > 1)
    refusals.push({
      code: 'two-lists',
      message: `名簿の見出し行が複数のシートにあります（${lists.map(({ sheet }) => sheet.name).join('、')}）。１枚にしてください。`,
    });
  const { sheet: listSheet, list } = lists[0]!;
  const used = new Set<string>();
  refusals.push(...columnRefusals(list), ...bodyRefusals(listSheet, list));
  for (const { field } of list.columns) if (field !== undefined) used.add(field);
  for (const sheet of sheets) {
    for (const { field } of sheet.named) used.add(field);
    refusals.push(...placeholderRefusals(sheet, used));
  }
  if (!['開催コード', '会場名', '開催日', '開催日時'].some((field) => used.has(field)))
    refusals.push({
      code: 'session-not-named',
      message:
        'どの開催回の名簿かを示す欄がありません。「開催コード」「会場名」「開催日」「開催日時」のどれかを、セルの名前か {{会場名}} の形で入れてください。',
    });
  return { plan: { sheets, listSheet, list, styles, fields: [...used].toSorted() }, refusals };
}

const LIST_NAMES = new Set(['名簿', '名簿範囲', '予約者リスト', '予約者一覧']);

/** Names of one cell or one area of a sheet. */
export function definedNames(parts: WorkbookParts): { name: string; sheetName: string; area: CellArea }[] {
  return elements(element(parts.tree(parts.workbookPath), 'definedNames'), 'definedName').flatMap((each) => {
    const match = /^(?:'((?:[^']|'')+)'|([^'!]+))!([$A-Z0-9:]+)$/.exec(textOf(each));
    const area = match === null ? undefined : areaOf(match[3]!);
    if (area === undefined) return [];
    return [{ name: each.attributes['name'] ?? '', sheetName: (match![1] ?? match![2]!).replaceAll("''", "'"), area }];
  });
}

function columnRefusals({ columns }: RosterList): TemplateRemark[] {
  const refusals: TemplateRemark[] = columns
    .filter(({ field, byHand }) => field === undefined && !byHand)
    .map(({ heading, column }) => ({
      code: 'unknown-column',
      subject: heading,
      message: `見出し「${heading}」（${cellName({ row: 1, column }).replace('1', '')}列）に入れる項目がありません。項目名を直すか、手書き用の空欄として登録してください。`,
    }));
  const fields = columns.flatMap(({ field }) => field ?? []);
  const has = (name: string) => fields.includes(name);
  if (!has('氏名') && !(has('姓') && has('名')))
    refusals.push({
      code: 'missing-column',
      subject: '氏名',
      message: '見出しに「氏名」（または「姓」と「名」）がありません。',
    });
  if (!has('受付番号'))
    refusals.push({
      code: 'missing-column',
      subject: '受付番号',
      message: '見出しに「受付番号」がありません。同姓同名の方を会場で見分けられません。',
    });
  for (const field of new Set(fields.filter((each, index) => fields.indexOf(each) !== index)))
    refusals.push({ code: 'column-twice', subject: field, message: `見出し「${field}」が２つあります。` });
  return refusals;
}

function bodyRefusals({ cells, tree }: PlannedSheet, { firstRow, lastRow }: RosterList): TemplateRemark[] {
  const tall = cells.merges.find(({ from, to }) => from.row !== to.row && from.row <= lastRow && to.row >= firstRow);
  const array = [...everyElement(tree)].some(
    ({ name, attributes }) => name === 'f' && (attributes['t'] === 'array' || attributes['t'] === 'dataTable'),
  );
  return [
    ...(tall === undefined
      ? []
      : [
          {
            code: 'merged-rows',
            subject: `${cellName(tall.from)}:${cellName(tall.to)}`,
            message: `名簿の中に、行をまたいで結合したセルがあります（${cellName(tall.from)}:${cellName(tall.to)}）。１名を１行にしてください。`,
          },
        ]),
    ...(array
      ? [{ code: 'array-formula', message: '名簿のシートに配列数式があります。ふつうの数式に直してください。' }]
      : []),
  ];
}

/** Unknown `{{…}}`, and those whose looks change in the middle. Adds the known ones to `used`. */
function placeholderRefusals({ cells, tree, name }: PlannedSheet, used: Set<string>): TemplateRemark[] {
  const refusals: TemplateRemark[] = [];
  const take = (text: string, where: string) => {
    for (const [whole, written] of text.matchAll(PLACEHOLDER)) {
      const field = sessionField(written!);
      if (field !== undefined) used.add(field);
      else
        refusals.push({
          code: 'unknown-field',
          subject: written!,
          message:
            entryField(written!) === undefined
              ? `「${whole}」（${where}）という差し込み項目はありません。`
              : `「${whole}」（${where}）は名簿の見出しに書く項目です。差し込みには使えません。`,
        });
    }
  };
  for (const place of cells.places()) {
    const rich = cells.richText(cells.cell(place));
    if (rich === undefined) continue;
    const text = plainText(rich);
    take(text, `${name} ${cellName(place)}`);
    const inRuns = runTexts(rich).flatMap((run) => [...run.matchAll(PLACEHOLDER)]).length;
    if (inRuns < [...text.matchAll(PLACEHOLDER)].length)
      refusals.push({
        code: 'split-field',
        subject: cellName(place),
        message: `${name} ${cellName(place)} の差し込み項目の途中で文字の書式が変わっています。項目全体を同じ書式にしてください。`,
      });
  }
  const header = element(tree, 'headerFooter');
  if (header !== undefined) take(textOf(header), `${name} のヘッダー・フッター`);
  return refusals;
}

function runTexts(rich: XmlElement): string[] {
  return elements(rich)
    .filter(({ name }) => name === 't' || name === 'r')
    .map((part) => textOf(part.name === 't' ? part : element(part, 't')));
}
