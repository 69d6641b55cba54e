import { readDelimitedText } from '#office/reading/delimited-text.js';
import { plainText } from '#office/reading/cell-values.js';
import { unreadableFile, type CellValue, type GridRow } from '#office/reading/grid.js';

/** A column of a list: how it may be headed, and whether there is no list without it. */
export interface FigureColumn {
  readonly headings: readonly string[];
  readonly required?: true;
}

/** A row with its cells by the name of their column; absent where the cell is empty. */
export interface FigureRow<Name extends string> {
  readonly line: number;
  readonly cells: Readonly<Partial<Record<Name, CellValue>>>;
}

const MOST_ROWS = 20_000;
const LONGEST_CELL = 200;
/** Carriers and telephone systems write a title above their headings. */
const HEADINGS_WITHIN = 10;

/** Reads a .csv whose columns are known by their headings. @throws Refusal `unreadable-file` naming what is missing */
export async function readFigures<Name extends string>(
  content: Buffer,
  columns: Readonly<Record<Name, FigureColumn>>,
): Promise<FigureRow<Name>[]> {
  const { rows } = await readDelimitedText(content, { rows: MOST_ROWS, cellLength: LONGEST_CELL });
  const names = Object.keys(columns) as Name[];
  const required = names.filter((name) => columns[name].required);
  for (const [i, row] of rows.slice(0, HEADINGS_WITHIN).entries()) {
    const places = placesIn(row, columns);
    if (!required.every((name) => places.has(name))) continue;
    return rows.slice(i + 1).map(({ n, cells }) => ({
      line: n,
      cells: Object.fromEntries(
        [...places].flatMap(([name, column]) => (cells.has(column) ? [[name, cells.get(column)!]] : [])),
      ) as FigureRow<Name>['cells'],
    }));
  }
  const wanted = required.map((name) => columns[name].headings[0]).join('・');
  throw unreadableFile(`The list needs a row with these headings: ${wanted}`);
}

function placesIn<Name extends string>({ cells }: GridRow, columns: Readonly<Record<Name, FigureColumn>>) {
  const places = new Map<Name, number>();
  for (const [column, value] of cells) {
    const heading = plainText(value);
    for (const name of Object.keys(columns) as Name[]) {
      const headings = columns[name].headings.map((one) => plainText(one));
      if (headings.includes(heading) && !places.has(name)) places.set(name, column);
    }
  }
  return places;
}

/** Something in a row that cannot be taken in; said in Japanese, without the cell. */
export interface RowProblem {
  readonly line: number;
  readonly reason: string;
}
