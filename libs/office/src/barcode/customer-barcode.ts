// カスタマバーコード of Japan Post (zipmanual p17, p18, p20). Own encoder: the one at hand draws a wrong last bar whenever the
// check digit is 0 (facts/documents.md §5).

/** Bars by height, in the order they are printed: 1 long, 2 upper half, 3 lower half, 4 timing. */
export type Bars = string;

const START = '13';
const STOP = '31';
const PLACES = 20;

/** By check value: 0–9, `-` is 10, CC1–CC8 are 11–18. */
const PATTERNS = [
  '144', '114', '132', '312', '123', '141', '321', '213', '231', '411',
  '414', '324', '342', '234', '432', '243', '423', '441', '111',
]; // prettier-ignore

const HYPHEN = 10;
const CC1 = 11;
const CC4 = 14;

/**
 * The bars of a card.
 * @param postalCode seven digits
 * @param addressNumber what was taken out of the address: digits, hyphens and capitals, as `3-30-8-403`; cut or filled to 13 places
 */
export function encodeBarcode(postalCode: string, addressNumber: string): Bars {
  const values = placesOf(postalCode + addressNumber);
  return START + [...values, checkOf(values)].map((value) => PATTERNS[value]!).join('') + STOP;
}

/** What bars say, without the filling: `26300233-30-8-403`. Undefined when they are no barcode or the check is wrong. */
export function decodeBarcode(bars: Bars): string | undefined {
  if (!bars.startsWith(START) || !bars.endsWith(STOP) || bars.length !== 2 + (PLACES + 1) * 3 + 2) return undefined;
  const values = bars
    .slice(2, -2)
    .match(/.{3}/g)!
    .map((pattern) => PATTERNS.indexOf(pattern));
  if (values.includes(-1)) return undefined;
  if (values.reduce((sum, value) => sum + value, 0) % 19 !== 0) return undefined;
  return textOf(values.slice(0, PLACES));
}

/** The check value makes the sum of all a multiple of 19; a sum that is one already has 0, not 19. */
export function checkOf(values: readonly number[]): number {
  return (19 - (values.reduce((sum, value) => sum + value, 0) % 19)) % 19;
}

/** The 20 values of a code: a letter takes two places, and its first alone where only one is left. (p18) */
export function placesOf(code: string): number[] {
  const values = [...code].flatMap(valuesOf).slice(0, PLACES);
  return [...values, ...Array<number>(PLACES - values.length).fill(CC4)];
}

function valuesOf(character: string): number[] {
  if (/^\d$/.test(character)) return [Number(character)];
  if (character === '-') return [HYPHEN];
  if (!/^[A-Z]$/.test(character)) throw new RangeError('A barcode holds digits, hyphens and capital letters.');
  const letter = character.codePointAt(0)! - 65;
  return [CC1 + Math.floor(letter / 10), letter % 10];
}

function textOf(values: readonly number[]): string {
  let text = '';
  for (let at = 0; at < values.length && values[at] !== CC4; at++) {
    const value = values[at]!;
    if (value <= 9) text += value;
    else if (value === HYPHEN) text += '-';
    else if (value < CC4 && at + 1 < values.length) {
      text += String.fromCodePoint(65 + (value - CC1) * 10 + values[++at]!);
    }
  }
  return text;
}
