import type { Row } from '../query/query.js';
import { suppress } from './suppression.policy.js';

/** Counts below this are not shown. One setting of the desk. (§8.27) */
export const LEAST = 5;

/** The rows of `inquiries-by-category` with small counts hidden: sums of a day and of a category are known elsewhere. */
export function suppressedInquiries(rows: readonly Row[], least = LEAST): Row[] {
  const groups = ['day', 'category'].flatMap((by) => {
    const values = [...new Set(rows.map((row) => row[by]))];
    return values.map((value) => rows.flatMap((row, i) => (row[by] === value ? [i] : [])));
  });
  const counts = suppress(
    rows.map((row) => Number(row['inquiries'])),
    least,
    groups,
  );
  return rows.map(({ day, category }, i) => ({ day: day!, category: category!, inquiries: counts[i]! }));
}

/** The categories of a day or a term, most first, small ones hidden. @returns null: too few to be printed */
export function suppressedCategories(rows: readonly Row[], least = LEAST) {
  const sums = new Map<string, number>();
  for (const row of rows) {
    const category = String(row['category']);
    sums.set(category, (sums.get(category) ?? 0) + Number(row['inquiries']));
  }
  const inOrder = [...sums].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const shown = suppress(
    inOrder.map(([, count]) => count),
    least,
    [inOrder.map((_, i) => i)],
  );
  return inOrder.map(([category], i) => ({ category, count: shown[i]! }));
}
