import { fitColumns, lengthOf, type ColumnRoom } from '../vertical/columns.js';
import type { Cell } from '../vertical/vertical-cells.js';
import type { Flaw, PlacedGlyph, SidePlan } from './side-plan.js';

/** From the top of the em box to its baseline; of an em. */
const BASELINE = 0.88;
const MIDDLE_OF_LATIN = 0.36;

export interface ColumnPlace extends ColumnRoom {
  /** Centre of the first column; further columns stand to its left. */
  readonly x: number;
  readonly y: number;
  /** From column to column, of the type's size. */
  readonly pitch: number;
  /** The last column ends at the bottom of the room, as the second line of an address does. */
  readonly low?: boolean;
}

/** Sets cells as columns of vertical type, the first on the right. Answers how wide they are together. */
export function setColumns(plan: SidePlan, cells: readonly Cell[], place: ColumnPlace): number {
  const { columns, size, fits } = fitColumns(cells, place);
  if (!fits) plan.flaws.push({ code: 'overflow', field: longestField(cells) });
  for (const [at, column] of columns.entries()) {
    const bottom = place.y + place.height - lengthOf(column) * size;
    const top = place.low === true || at > 0 ? Math.max(place.y, bottom) : place.y;
    plan.glyphs.push(...setColumn(column, place.x - at * size * place.pitch, top, size));
  }
  plan.flaws.push(...flawsOf(cells));
  return columns.length * size * place.pitch;
}

export function setColumn(cells: readonly Cell[], x: number, top: number, size: number): PlacedGlyph[] {
  const placed: PlacedGlyph[] = [];
  let y = top;
  for (const cell of cells) {
    placed.push(...setCell(cell, x, y, size));
    y += cell.advance * size;
  }
  return placed;
}

function setCell(cell: Cell, x: number, y: number, size: number): PlacedGlyph[] {
  const width = cell.glyphs.reduce((sum, glyph) => sum + glyph.width, 0);
  if (cell.set === 'turned') {
    let at = y + 0.05 * size;
    return cell.glyphs.map((glyph) => {
      const placed = { glyph, x: x - MIDDLE_OF_LATIN * size, y: at, size, turn: 90 };
      at += glyph.width * size;
      return placed;
    });
  }
  const squeeze = Math.min(1, 1 / Math.max(width, 1e-9));
  let at = x - (width * squeeze * size) / 2;
  return cell.glyphs.map((glyph) => {
    const placed = { glyph, x: at, y: y + BASELINE * size, size, ...(squeeze < 1 && { squeeze }) };
    at += glyph.width * squeeze * size;
    return placed;
  });
}

function flawsOf(cells: readonly Cell[]): Flaw[] {
  return cells.flatMap(({ field, missing }) =>
    missing.map((letter) => ({ code: 'missingGlyph' as const, field, letter })),
  );
}

function longestField(cells: readonly Cell[]): string {
  const counts = new Map<string, number>();
  for (const { field } of cells) counts.set(field, (counts.get(field) ?? 0) + 1);
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}
