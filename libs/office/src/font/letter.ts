import { isOddCharacter } from '../text/printable-text.js';
import { wholeKana } from '../text/text-width.js';

/** One character as people see it: a code point, with the variation selector that asks for a special form of it. */
export interface Letter {
  readonly codePoint: number;
  readonly selector?: number;
}

/** The letters of a text, kana whole, without what cannot be printed. */
export function lettersOf(text: string): Letter[] {
  const letters: Letter[] = [];
  for (const character of wholeKana(text)) {
    const codePoint = character.codePointAt(0)!;
    const before = letters.at(-1);
    if (isSelector(codePoint)) {
      if (before !== undefined && before.selector === undefined) {
        letters[letters.length - 1] = { codePoint: before.codePoint, selector: codePoint };
      }
    } else if (!isOddCharacter(codePoint)) letters.push({ codePoint });
  }
  return letters;
}

/** `U+20BB7`, `U+845B U+E0100` */
export function letterCode({ codePoint, selector }: Letter): string {
  return selector === undefined ? code(codePoint) : `${code(codePoint)} ${code(selector)}`;
}

export function letterText({ codePoint, selector }: Letter): string {
  return String.fromCodePoint(codePoint) + (selector === undefined ? '' : String.fromCodePoint(selector));
}

export function isBlank({ codePoint }: Letter): boolean {
  return codePoint === 0x20 || codePoint === 0xa0 || codePoint === 0x3000;
}

function isSelector(codePoint: number): boolean {
  return (codePoint >= 0xfe00 && codePoint <= 0xfe0f) || (codePoint >= 0xe0100 && codePoint <= 0xe01ef);
}

function code(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}
