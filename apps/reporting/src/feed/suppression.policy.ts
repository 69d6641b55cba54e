/** A cell of a table that counts people: null where it is too few to be shown. */
export type Suppressed = number | null;

/**
 * Hides counts from 1 to below `least`, and where the hidden ones of a group could be told from its sum, the smallest other one
 * with them (complementary suppression). 0 is shown: nobody stands behind it. 定員・予約数・残席 never come here. (§8.27)
 * @param groups cells whose sum is known to the reader: a row or a column of a table, by index
 */
export function suppress(
  counts: readonly number[],
  least: number,
  groups: readonly (readonly number[])[],
): Suppressed[] {
  const hidden = new Set(counts.flatMap((count, i) => (count > 0 && count < least ? [i] : [])));
  // Each round hides at least one cell, so it ends
  for (let changed = true; changed;) {
    changed = false;
    for (const group of groups) {
      const gone = group.filter((i) => hidden.has(i));
      if (gone.length === 0 || isSafe(gone, counts, least)) continue;
      const next = smallest(group, counts, hidden);
      if (next === undefined) continue;
      hidden.add(next);
      changed = true;
    }
  }
  return counts.map((count, i) => (hidden.has(i) ? null : count));
}

/** More than one is hidden, and together they are not few: their sum can be computed from the total. */
function isSafe(gone: readonly number[], counts: readonly number[], least: number): boolean {
  return gone.length > 1 && gone.reduce((sum, i) => sum + counts[i]!, 0) >= least;
}

function smallest(group: readonly number[], counts: readonly number[], hidden: ReadonlySet<number>) {
  return group.filter((i) => !hidden.has(i) && counts[i]! > 0).toSorted((a, b) => counts[a]! - counts[b]! || a - b)[0];
}
