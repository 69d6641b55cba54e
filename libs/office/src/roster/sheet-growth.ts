import { cellName, placeOf } from './cell-place.js';
import { copiedFormula, movedEnd, movedFormula, movedRanges, movedRow, type RowInsertion } from './row-insertion.js';
import { copyOf, element, elements, everyElement, textOf, type XmlElement } from './xml-tree.js';

const FORMULAS = /^(?:\w+:)?(?:f|formula\d?|definedName|calculatedColumnFormula|totalsRowFormula)$/;
export function isFormula(name: string): boolean {
  return FORMULAS.test(name);
}

/** Elements whose `ref` is a range of cells of their sheet; `mergeCell` is moved apart. */
const RANGED = new Set(['autoFilter', 'sortState', 'sortCondition', 'dimension', 'hyperlink', 'table', 'comment', 'f']);

/**
 * Moves everything in a part that points at cells of the sheet that grew.
 * @param home name of the sheet the part belongs to; its ranges without a sheet mean that one
 */
export function moveReferences(root: XmlElement, home: string, insertion: RowInsertion): void {
  const own = home === insertion.sheetName;
  for (const each of everyElement(root)) {
    if (FORMULAS.test(each.name) && each.children.length > 0)
      each.children = [movedFormula(textOf(each), home, insertion)];
    if (!own) continue;
    const { sqref, ref } = each.attributes;
    if (sqref !== undefined) each.attributes['sqref'] = movedRanges(sqref, insertion);
    if (ref !== undefined && RANGED.has(each.name)) each.attributes['ref'] = movedRanges(ref, insertion);
    if (each.name === 'xm:sqref') each.children = [movedRanges(textOf(each), insertion)];
    if (each.name === 'brk' && each.attributes['man'] !== undefined && isRowBreak(root, each))
      each.attributes['id'] = String(movedRow(Number(each.attributes['id']), insertion));
  }
}

/** The list's sheet with rows put in: copies of the rows that are there, with their looks, heights, merges and formulas. */
export function growSheet(sheet: XmlElement, insertion: RowInsertion, patternOf: (index: number) => number): void {
  const data = element(sheet, 'sheetData')!;
  const rows = new Map(elements(data, 'row').map((row) => [Number(row.attributes['r']), row]));
  const patterns = new Map<number, XmlElement>();
  for (let index = 0; index < Math.min(2, insertion.count); index++) {
    const row = patternOf(index);
    patterns.set(row, copyOf(rows.get(row)!));
  }
  moveReferences(sheet, insertion.sheetName, insertion);
  growMerges(sheet, insertion, patternOf);
  for (const [number, row] of rows) placeRow(row, movedRow(number, insertion));
  const added = Array.from({ length: insertion.count }, (_, index) => {
    const from = patternOf(index);
    return copiedRow(patterns.get(from)!, from, insertion.at + index, insertion);
  });
  data.children = [...elements(data), ...added].toSorted(
    (a, b) => Number(a.attributes['r']) - Number(b.attributes['r']),
  );
}

function copiedRow(pattern: XmlElement, from: number, to: number, insertion: RowInsertion): XmlElement {
  const row = copyOf(pattern);
  placeRow(row, to);
  for (const cell of elements(row, 'c')) {
    const formula = element(cell, 'f');
    if (formula === undefined) continue;
    // as it reads after the rows have come in, then as Excel copies it down
    const moved = movedFormula(textOf(formula), insertion.sheetName, insertion);
    formula.children = [copiedFormula(moved, to - movedRow(from, insertion))];
  }
  return row;
}

function placeRow(row: XmlElement, number: number): void {
  row.attributes['r'] = String(number);
  for (const cell of elements(row, 'c')) {
    const { column } = placeOf(cell.attributes['r']!)!;
    cell.attributes['r'] = cellName({ row: number, column });
  }
}

/** Merges over cells of one row of the list come along with each copy; all others move or grow. */
function growMerges(sheet: XmlElement, insertion: RowInsertion, patternOf: (index: number) => number): void {
  const merges = element(sheet, 'mergeCells');
  if (merges === undefined) return;
  const all = elements(merges, 'mergeCell').map(({ attributes }) => {
    const [from, to] = attributes['ref']!.split(':');
    return { from: placeOf(from!)!, to: placeOf(to ?? from!)! };
  });
  const kept = all.map(({ from, to }) => ({
    from: { row: movedRow(from.row, insertion), column: from.column },
    to: {
      row: from.row === to.row ? movedRow(to.row, insertion) : movedEnd(from.row, to.row, insertion),
      column: to.column,
    },
  }));
  const added = Array.from({ length: insertion.count }, (_, index) =>
    all
      .filter(({ from, to }) => from.row === to.row && from.row === patternOf(index))
      .map(({ from, to }) => ({
        from: { row: insertion.at + index, column: from.column },
        to: { row: insertion.at + index, column: to.column },
      })),
  ).flat();
  merges.children = [...kept, ...added].map(({ from, to }) => ({
    name: 'mergeCell',
    attributes: { ref: `${cellName(from)}:${cellName(to)}` },
    children: [],
  }));
  merges.attributes['count'] = String(merges.children.length);
}

function isRowBreak(sheet: XmlElement, brk: XmlElement): boolean {
  return elements(element(sheet, 'rowBreaks')).includes(brk);
}

/** Pictures and charts below the list move down, beside it they grow with it. Rows are counted from 0 here. */
export function moveAnchors(drawing: XmlElement, insertion: RowInsertion): void {
  for (const each of everyElement(drawing)) {
    if (each.name !== 'xdr:from' && each.name !== 'xdr:to') continue;
    const row = element(each, 'xdr:row');
    if (row !== undefined) row.children = [String(movedRow(Number(textOf(row)) + 1, insertion) - 1)];
  }
}

/** Notes are drawn in VML, which need not be XML: rows from 0, as the third and seventh of eight numbers. */
export function moveVmlAnchors(vml: string, insertion: RowInsertion): string {
  const moved = (row: string) => String(movedRow(Number(row) + 1, insertion) - 1);
  return vml
    .replaceAll(/(<x:Row>)(\d+)/g, (_, tag: string, row: string) => tag + moved(row))
    .replaceAll(/(<x:Anchor>)([^<]*)/g, (_, tag: string, numbers: string) => {
      const parts = numbers.split(',').map((part) => part.trim());
      for (const at of [2, 6]) if (parts[at] !== undefined) parts[at] = moved(parts[at]);
      return tag + parts.join(', ');
    });
}

/** Formulas that Excel wrote once for many cells, written out in each, so that rows can come between them. */
export function writeOutSharedFormulas(sheet: XmlElement): void {
  const masters = new Map<string, { text: string; row: number; column: number }>();
  for (const row of elements(element(sheet, 'sheetData'), 'row')) {
    for (const cell of elements(row, 'c')) {
      const formula = element(cell, 'f');
      if (formula?.attributes['t'] !== 'shared') continue;
      const place = placeOf(cell.attributes['r']!)!;
      const index = formula.attributes['si']!;
      const master = masters.get(index);
      if (formula.children.length > 0) masters.set(index, { text: textOf(formula), ...place });
      else if (master !== undefined)
        formula.children = [copiedFormula(master.text, place.row - master.row, place.column - master.column)];
      for (const name of ['t', 'si', 'ref']) delete formula.attributes[name];
    }
  }
}
