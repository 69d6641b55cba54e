import type { RosterEntry } from './roster.js';

/** 五十音: small kana, voiced marks and long vowels only decide between names that are equal without them. (JIS X 4061) */
const KANA = new Intl.Collator('ja-JP', { sensitivity: 'variant', ignorePunctuation: true });

/** The entries in 五十音 order of family and given name; equal names by receipt number, so that the order is the same each time. */
export function inKanaOrder<Entry extends RosterEntry>(entries: readonly Entry[]): Entry[] {
  return entries.toSorted(
    (a, b) =>
      KANA.compare(kana(a.familyNameKana), kana(b.familyNameKana)) ||
      KANA.compare(kana(a.givenNameKana), kana(b.givenNameKana)) ||
      compare(a.receiptNumber, b.receiptNumber),
  );
}

function kana(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/gu, '');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
