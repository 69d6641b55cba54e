import { areaOf, cellName, placeOf, type CellArea, type CellPlace } from './cell-place.js';
import { element, elements, textOf, type XmlElement } from './xml-tree.js';

/** A sheet by its cells. */
export class SheetCells {
  readonly rows: ReadonlyMap<number, XmlElement>;
  private readonly cells = new Map<string, XmlElement>();
  readonly merges: readonly CellArea[];

  constructor(
    readonly sheet: XmlElement,
    private readonly sharedStrings: readonly XmlElement[],
  ) {
    const rows = new Map<number, XmlElement>();
    let last = 0;
    for (const row of elements(element(sheet, 'sheetData'), 'row')) {
      // both may be left out: the next row, the next cell
      const number = Number(row.attributes['r'] ?? last + 1);
      row.attributes['r'] = String(number);
      last = number;
      rows.set(number, row);
      let column = 0;
      for (const cell of elements(row, 'c')) {
        const place = placeOf(cell.attributes['r'] ?? '') ?? { row: number, column: column + 1 };
        column = place.column;
        cell.attributes['r'] = cellName(place);
        this.cells.set(cellName(place), cell);
      }
    }
    this.rows = rows;
    this.merges = elements(element(sheet, 'mergeCells'), 'mergeCell').flatMap(
      ({ attributes }) => areaOf(attributes['ref'] ?? '') ?? [],
    );
  }

  cell(place: CellPlace): XmlElement | undefined {
    return this.cells.get(cellName(place));
  }

  /** The rich text of a cell, an `<si>` or `<is>`, or undefined when it holds no text. */
  richText(cell: XmlElement | undefined): XmlElement | undefined {
    if (cell === undefined) return undefined;
    if (cell.attributes['t'] === 's') return this.sharedStrings[Number(textOf(element(cell, 'v')))];
    return cell.attributes['t'] === 'inlineStr' ? element(cell, 'is') : undefined;
  }

  /** Text without its phonetic guide (ふりがな). */
  text(place: CellPlace): string {
    const cell = this.cell(place);
    const rich = this.richText(cell);
    return rich === undefined ? textOf(element(cell, 'v')) : plainText(rich);
  }

  isFormula(place: CellPlace): boolean {
    return element(this.cell(place), 'f') !== undefined;
  }

  mergeAt({ row, column }: CellPlace): CellArea | undefined {
    return this.merges.find(
      ({ from, to }) => from.row <= row && row <= to.row && from.column <= column && column <= to.column,
    );
  }

  /** All places with a cell, in order. */
  places(): CellPlace[] {
    return [...this.cells.keys()].map((name) => placeOf(name)!);
  }
}

export function plainText(rich: XmlElement): string {
  return elements(rich)
    .filter(({ name }) => name === 't' || name === 'r')
    .map((part) => (part.name === 't' ? textOf(part) : textOf(element(part, 't'))))
    .join('');
}
