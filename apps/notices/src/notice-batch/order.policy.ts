/** What the postman goes by, as the applicant's record has it. */
export interface Letterbox {
  readonly postalCode?: string;
  readonly town: string;
  readonly chome?: string;
  readonly blockLot: string;
  readonly building?: string;
  readonly roomNumber?: string;
}

// Natural order: 2番 before 10番. One locale on every machine, so that serials do not depend on it.
const collator = new Intl.Collator('ja-JP', { numeric: true });

/**
 * Cards in the order of the postman: postcode, then 丁目-番-号 by number, then building and room; the same list gives the
 * same order whoever asks. (§4.4.4)
 */
export function inPostmansOrder<Item>(
  items: readonly Item[],
  letterboxOf: (item: Item) => Letterbox,
  idOf: (item: Item) => string,
): Item[] {
  const keyed = items.map((item) => ({ item, parts: partsOf(letterboxOf(item)), id: idOf(item) }));
  keyed.sort((a, b) => compare(a.parts, b.parts) || (a.id < b.id ? -1 : 1));
  return keyed.map(({ item }) => item);
}

function partsOf({ postalCode = '', town, chome = '', blockLot, building = '', roomNumber = '' }: Letterbox): string[] {
  return [postalCode, town, chome, blockLot, building, roomNumber].map((part) => part.normalize('NFKC'));
}

function compare(a: readonly string[], b: readonly string[]): number {
  for (const [i, part] of a.entries()) {
    const difference = collator.compare(part, b[i]!);
    if (difference !== 0) return difference;
  }
  return 0;
}
