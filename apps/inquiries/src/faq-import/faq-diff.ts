import { createHash } from 'node:crypto';
import type { Faq, FaqEntry } from '../faq/faq.js';
import type { FaqRow } from './faq-file.js';

export interface FaqDiffLine {
  readonly row: number;
  readonly faqId: string;
  readonly faqNo: string;
  /** Fields of the entry that are different; empty for a new one. */
  readonly changed: readonly string[];
}

export interface FaqDiff {
  readonly added: readonly FaqDiffLine[];
  readonly changed: readonly FaqDiffLine[];
  readonly unchanged: number;
  /** Names what would happen: the import that is confirmed is the one that was seen. 16 hexadecimal digits. */
  readonly hash: string;
}

const FIELDS = ['category', 'question', 'answer', 'keywords', 'validFrom', 'validTo', 'reviewBy'] as const;

/** What the list changes in what is there; an entry that it does not name stays. Pure. */
export function faqDiff(
  rows: readonly FaqRow[],
  stateOf: (faqId: string) => Faq,
  writes: (row: FaqRow) => boolean,
): FaqDiff {
  const added: FaqDiffLine[] = [];
  const changed: FaqDiffLine[] = [];
  let unchanged = 0;
  for (const row of rows) {
    const { draft, published, sentBack } = stateOf(row.faqId);
    const current = (draft ?? published ?? sentBack)?.entry;
    const line = { row: row.row, faqId: row.faqId, faqNo: row.entry.faqNo };
    if (!writes(row)) unchanged += 1;
    else if (current === undefined) added.push({ ...line, changed: [] });
    else changed.push({ ...line, changed: differences(current, row.entry) });
  }
  const entryOf = new Map(rows.map(({ faqId, entry }) => [faqId, entry]));
  const seen = [...added, ...changed].map(({ faqId }) => [faqId, entryOf.get(faqId)]);
  return {
    added,
    changed,
    unchanged,
    hash: createHash('sha256').update(JSON.stringify(seen)).digest('hex').slice(0, 16),
  };
}

function differences(before: FaqEntry, after: FaqEntry): string[] {
  return FIELDS.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}
