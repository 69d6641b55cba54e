import type { Writable } from 'node:stream';
import type { Sheet } from './sheet.js';

/** Writes one sheet of any length into a stream, row by row as the rows are read; memory does not grow with the rows. */
export async function writeExport(
  sheet: Omit<Sheet, 'rows'> & {
    readonly rows: Iterable<readonly (string | number | null)[]> | AsyncIterable<readonly (string | number | null)[]>;
  },
  out: Writable,
): Promise<void> {
  throw new Error(`Not in yet: ${sheet.name} ${out.writable}`);
}
