/** A cell by numbers, both from 1. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/** Both corners included. */
export interface CellArea {
  readonly from: CellPlace;
  readonly to: CellPlace;
}

/** @returns undefined for what is no cell: `$B$7` and `B7` are */
export function placeOf(text: string): CellPlace | undefined {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(text);
  return match === null ? undefined : { row: Number(match[2]), column: columnNumber(match[1]!) };
}

/** Of `A1:B2` or `A1`. */
export function areaOf(text: string): CellArea | undefined {
  const [from, to] = text.split(':');
  const first = placeOf(from!);
  const last = to === undefined ? first : placeOf(to);
  return first === undefined || last === undefined ? undefined : { from: first, to: last };
}

export function cellName({ row, column }: CellPlace): string {
  return columnName(column) + row;
}

export function columnNumber(letters: string): number {
  let number = 0;
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64;
  return number;
}

export function columnName(column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}
