import type { Cell } from './vertical-cells.js';

/** Where columns may stand. Millimetres. */
export interface ColumnRoom {
  readonly height: number;
  /** Of the type: never larger, and in one column rather than two while it is at least `comfortable`. */
  readonly largest: number;
  readonly comfortable: number;
  readonly smallest: number;
  readonly columns: number;
}

export interface FittedColumns {
  readonly columns: readonly (readonly Cell[])[];
  /** Of the type, millimetres. */
  readonly size: number;
  readonly fits: boolean;
}

/**
 * Sets cells into one column, or into more where one would make the type tiny. Columns are broken after a part where that
 * costs little, else anywhere.
 */
export function fitColumns(cells: readonly Cell[], room: ColumnRoom): FittedColumns {
  let best: FittedColumns | undefined;
  for (let count = 1; count <= room.columns; count++) {
    const columns = split(cells, count);
    const size = Math.min(room.largest, room.height / Math.max(...columns.map(lengthOf), 1e-9));
    if (best === undefined || size > best.size * 1.05) best = { columns, size, fits: size >= room.smallest };
    if (best.size >= room.comfortable) break;
  }
  return best!.fits ? best! : { ...best!, size: room.smallest };
}

export function lengthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { advance }) => sum + advance, 0);
}

function split(cells: readonly Cell[], count: number): Cell[][] {
  if (count === 1 || cells.length < 2) return [trimmed(cells)];
  const total = lengthOf(cells);
  const places = cells.slice(0, -1).map((cell, at) => {
    const length = lengthOf(cells.slice(0, at + 1));
    const longest = Math.max(length, (total - length) / (count - 1));
    const price = (cell.breakable ? 1 : 1.25) * (cells[at + 1]!.clings ? 2 : 1);
    return { at: at + 1, cost: longest * price };
  });
  const { at } = places.reduce((best, place) => (place.cost < best.cost ? place : best));
  return [trimmed(cells.slice(0, at)), ...split(cells.slice(at), count - 1)];
}

/** Without gaps at its ends. */
function trimmed(cells: readonly Cell[]): Cell[] {
  const first = cells.findIndex(({ set }) => set !== 'gap');
  const last = cells.findLastIndex(({ set }) => set !== 'gap');
  return first === -1 ? [] : cells.slice(first, last + 1);
}
