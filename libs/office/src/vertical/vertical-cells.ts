import type { FontChain } from '../font/font-chain.js';
import type { Glyph } from '../font/font.js';
import { isBlank, letterText, lettersOf, type Letter } from '../font/letter.js';

/** What stands at one place of a vertical line. Lengths are of an em. */
export interface Cell {
  /** `across`: 縦中横, side by side in one place; `turned`: lying on its right side. */
  readonly set: 'upright' | 'across' | 'turned' | 'gap';
  readonly glyphs: readonly Glyph[];
  readonly advance: number;
  /** A good place for a new column is after it: the end of a part, a space, a dot. */
  readonly breakable: boolean;
  /** Never stands at the head of a column: small kana, 長音, closing marks. (禁則) */
  readonly clings: boolean;
  readonly field: string;
  /** Letters no font has, left out of `glyphs`. */
  readonly missing: readonly Letter[];
}

const SPACE = 0.5;
const DASH = '–';
/** What is not set upright: dashes, which lie down, figures, and words of Latin letters. */
const RUN = /[-‐‑‒–−－]+|[0-9０-９]+|[A-Za-zＡ-Ｚａ-ｚ][A-Za-zＡ-Ｚａ-ｚ'’.&]*/u;
const CLINGS = new Set('、。，．・：；？！ゝゞヽヾ々ー」』）】〕〉》｝］ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ');

/** A text set vertically, in cells; punctuation and small kana in their vertical forms. */
export function verticalCells(text: string, field: string, fonts: FontChain): Cell[] {
  const cells: Cell[] = [];
  let rest = text;
  while (rest !== '') {
    const run = RUN.exec(rest);
    const before = run === null ? rest : rest.slice(0, run.index);
    cells.push(...uprightCells(before.replaceAll(/[!-~]/g, wide), field, fonts));
    if (run === null) break;
    cells.push(...runCells(narrow(run[0]), field, fonts));
    rest = rest.slice(run.index + run[0].length);
  }
  const last = cells.pop();
  return last === undefined ? [] : [...cells, { ...last, breakable: true }];
}

export function gap(advance: number, field: string): Cell {
  return { set: 'gap', glyphs: [], advance, breakable: true, clings: false, field, missing: [] };
}

/** Letters none of the fonts has, of a text set in either direction. */
export function missingOf(letters: readonly Letter[], glyphs: readonly (Glyph | undefined)[]): Letter[] {
  return letters.filter((letter, at) => glyphs[at] === undefined && !isBlank(letter));
}

/** Two figures, and two letters, stand side by side; longer numbers and short words in capitals one below the other. */
function runCells(run: string, field: string, fonts: FontChain): Cell[] {
  if (/^[^0-9A-Za-z]/.test(run)) return [runCell('turned', DASH, field, fonts)];
  if (run.length <= 2) return [runCell('across', run, field, fonts)];
  const stacked = /^\d/.test(run) || /^[A-Z]{3,4}$/.test(run);
  return stacked ? [...run].map((one) => runCell('across', one, field, fonts)) : [runCell('turned', run, field, fonts)];
}

function runCell(set: 'across' | 'turned', run: string, field: string, fonts: FontChain): Cell {
  const letters = lettersOf(run);
  const glyphs = fonts.glyphs(letters);
  const present = glyphs.filter((glyph) => glyph !== undefined);
  const width = present.reduce((sum, glyph) => sum + glyph.width, 0);
  return {
    ...{ set, glyphs: present, advance: set === 'turned' ? width + 0.1 : 0.95, breakable: false },
    ...{ clings: run === DASH, field, missing: missingOf(letters, glyphs) },
  };
}

function uprightCells(text: string, field: string, fonts: FontChain): Cell[] {
  const letters = lettersOf(text);
  const glyphs = fonts.glyphs(letters, true);
  return letters.map((letter, at) => {
    if (isBlank(letter)) return gap(SPACE, field);
    const glyph = glyphs[at];
    const character = letterText(letter);
    return {
      ...{ set: 'upright', glyphs: glyph === undefined ? [] : [glyph], advance: 1, breakable: character === '・' },
      ...{ clings: CLINGS.has(character), field, missing: glyph === undefined ? [letter] : [] },
    };
  });
}

function wide(character: string): string {
  return String.fromCodePoint(character.codePointAt(0)! + 0xfee0);
}

function narrow(text: string): string {
  return text.replaceAll(/[！-～]/g, (one) => String.fromCodePoint(one.codePointAt(0)! - 0xfee0));
}
