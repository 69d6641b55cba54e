import { printableText, xmlText } from '../text/printable-text.js';
import { cellName, placeOf, type CellPlace } from './cell-place.js';
import { ENTRY_FIELDS, SESSION_FIELDS, sessionField, type FieldValue } from './roster-fields.js';
import { PLACEHOLDER, type PlannedSheet, type RosterPlan } from './roster-plan.js';
import type { Roster } from './roster.js';
import { movedRow, type RowInsertion } from './row-insertion.js';
import { plainText } from './sheet-cells.js';
import { copyOf, element, elements, textOf, writeXml, type XmlElement } from './xml-tree.js';

/** Where something of a roster stands in a sheet. */
type Slot = CellSlot | TextSlot;

interface CellSlot {
  readonly kind: 'cell';
  readonly cell: string;
  readonly style: string | undefined;
  readonly dated: boolean;
  readonly field: string;
  readonly entry?: number;
}

interface TextSlot {
  readonly kind: 'text' | 'header';
  readonly field: string;
}

// Noncharacters: allowed in XML, and in no text that anybody types.
const OPEN = '\ufdd0';
const CLOSE = '\ufdd1';
const MARK = /\ufdd0(\d+)\ufdd1/;
/** Excel refuses a file with a header of more than 255 characters. */
const LONGEST_IN_HEADER = 40;
const LONGEST_IN_CELL = 32_767;

/** A sheet as text with gaps, made once for a number of rows; each roster of that many people only fills the gaps. */
export class SheetSkeleton {
  /** Whether there is anything to fill. */
  get isFixed(): boolean {
    return this.slots.length === 0;
  }

  private constructor(
    private readonly pieces: readonly string[],
    private readonly slots: readonly Slot[],
  ) {}

  /**
   * @param tree of the sheet, grown for `entries` people already; it is changed
   * @param insertion what was put into the list's sheet, if this is it
   */
  static of(
    sheet: PlannedSheet,
    tree: XmlElement,
    plan: RosterPlan,
    entries: number,
    insertion: RowInsertion | undefined,
  ): SheetSkeleton {
    const slots: Slot[] = [];
    const mark = (slot: Slot) => `${OPEN}${slots.push(slot) - 1}${CLOSE}`;
    const rows = new Map(elements(element(tree, 'sheetData'), 'row').map((row) => [Number(row.attributes['r']), row]));
    const put = (place: CellPlace, field: string, entry?: number) => {
      const cell = cellAt(tree, rows, place);
      const style = cell.attributes['s'];
      const slot = { kind: 'cell', cell: cellName(place), style, dated: plan.styles.isDate(style), field } as const;
      cell.children = [mark(entry === undefined ? slot : { ...slot, entry })];
    };
    const down = (row: number) => (insertion === undefined ? row : movedRow(row, insertion));
    for (const { place, field } of sheet.named) put({ ...place, row: down(place.row) }, field);
    if (sheet === plan.listSheet) putEntries(plan, entries, rows, put);
    fillTexts(sheet, rows, down, mark);
    const header = element(tree, 'headerFooter');
    for (const each of elements(header))
      each.children = [marked(textOf(each), (field) => mark({ kind: 'header', field }))];
    dropComputedValues(rows);
    // a cell is written whole by its slot, so the element around the mark goes
    const text = writeXml(tree).replaceAll(/<c [^>]*>(\ufdd0\d+\ufdd1)<\/c>/g, '$1');
    const split = text.split(MARK);
    return new SheetSkeleton(
      split.filter((_, index) => index % 2 === 0),
      split.filter((_, index) => index % 2 === 1).map((index) => slots[Number(index)]!),
    );
  }

  /** The sheet when there is nothing to fill. */
  get fixed(): string {
    return this.pieces[0]!;
  }

  fill(roster: Roster): string {
    const out: string[] = [this.pieces[0]!];
    this.slots.forEach((slot, index) => out.push(slotText(slot, roster), this.pieces[index + 1]!));
    return out.join('');
  }
}

function putEntries(
  { list, listSheet }: RosterPlan,
  entries: number,
  rows: ReadonlyMap<number, XmlElement>,
  put: (place: CellPlace, field: string, entry: number) => void,
): void {
  const formulas = new Set(
    list.columns
      .filter(({ column }) => listSheet.cells.isFormula({ row: list.firstRow, column }))
      .map(({ column }) => column),
  );
  for (let entry = 0; entry < entries; entry++) {
    if (!rows.has(list.firstRow + entry)) throw new RangeError('The sheet was not grown for as many people.');
    for (const { column, field } of list.columns)
      if (field !== undefined && !formulas.has(column)) put({ row: list.firstRow + entry, column }, field, entry);
  }
}

/** The cell at a place; made there, in its order, where the template has none. */
function cellAt(tree: XmlElement, rows: Map<number, XmlElement>, { row, column }: CellPlace): XmlElement {
  let line = rows.get(row);
  if (line === undefined) {
    line = { name: 'row', attributes: { r: String(row) }, children: [] };
    rows.set(row, line);
    const data = element(tree, 'sheetData')!;
    data.children = [...elements(data), line].toSorted((a, b) => Number(a.attributes['r']) - Number(b.attributes['r']));
  }
  const name = cellName({ row, column });
  const cells = elements(line, 'c');
  const found = cells.find(({ attributes }) => attributes['r'] === name);
  if (found !== undefined) return found;
  const made: XmlElement = { name: 'c', attributes: { r: name }, children: [] };
  line.children = [...cells, made].toSorted(
    (a, b) => placeOf(a.attributes['r']!)!.column - placeOf(b.attributes['r']!)!.column,
  );
  return made;
}

/** `{{…}}` in the middle of a text: the cell gets a text of its own, in the looks it had. */
function fillTexts(
  sheet: PlannedSheet,
  rows: ReadonlyMap<number, XmlElement>,
  down: (row: number) => number,
  mark: (slot: Slot) => string,
): void {
  for (const place of sheet.cells.places()) {
    const rich = sheet.cells.richText(sheet.cells.cell(place));
    if (rich === undefined || plainText(rich).search(PLACEHOLDER) === -1) continue;
    const name = cellName({ ...place, row: down(place.row) });
    const cell = elements(rows.get(down(place.row)), 'c').find(({ attributes }) => attributes['r'] === name);
    if (cell === undefined || cell.children.some((child) => typeof child === 'string')) continue;
    const own = copyOf(rich);
    // ふりがな of a field is not the reading of what is put there
    own.children = elements(own).filter(({ name: part }) => part === 't' || part === 'r');
    for (const text of elements(own).map((part) => (part.name === 't' ? part : element(part, 't')))) {
      if (text === undefined) continue;
      text.attributes['xml:space'] = 'preserve';
      text.children = [marked(textOf(text), (field) => mark({ kind: 'text', field }))];
    }
    cell.attributes['t'] = 'inlineStr';
    cell.children = [{ ...own, name: 'is' }];
  }
}

function marked(text: string, mark: (field: string) => string): string {
  return text.replaceAll(PLACEHOLDER, (whole, written: string) => {
    const field = sessionField(written);
    return field === undefined ? whole : mark(field);
  });
}

/** What a formula gave before is not what it gives now: whoever opens the file computes it. */
function dropComputedValues(rows: ReadonlyMap<number, XmlElement>): void {
  for (const row of rows.values())
    for (const cell of elements(row, 'c')) {
      if (element(cell, 'f') === undefined) continue;
      cell.children = elements(cell, 'f');
      delete cell.attributes['t'];
    }
}

function slotText(slot: Slot, roster: Roster): string {
  if (slot.kind !== 'cell') {
    const { text } = SESSION_FIELDS[slot.field]!(roster);
    return slot.kind === 'header' ? headerText(text) : xmlText(text.slice(0, LONGEST_IN_CELL));
  }
  const { cell, style, dated, field, entry } = slot;
  const value =
    entry === undefined ? SESSION_FIELDS[field]!(roster) : ENTRY_FIELDS[field]!(roster.entries[entry]!, entry);
  return cellText(cell, style, dated, value);
}

const PLAIN_NUMBERS = /^\d+$/;

function cellText(cell: string, style: string | undefined, dated: boolean, { text, number }: FieldValue): string {
  const start = `<c r="${cell}"${style === undefined ? '' : ` s="${style}"`}`;
  if (number !== undefined && (dated || PLAIN_NUMBERS.test(text))) return `${start}><v>${number}</v></c>`;
  if (text === '') return `${start}/>`;
  const content = xmlText(text.slice(0, LONGEST_IN_CELL));
  return `${start} t="inlineStr"><is><t xml:space="preserve">${content}</t></is></c>`;
}

/** In a header & begins a code, and a digit after a size would change it. */
function headerText(text: string): string {
  const line = printableText(text).replaceAll('\n', '　').slice(0, LONGEST_IN_HEADER);
  return xmlText(line.replaceAll('&', '&&'));
}
