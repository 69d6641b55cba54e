import type { FontChain } from '../font/font-chain.js';
import type { Glyph } from '../font/font.js';
import { isBlank, letterText, lettersOf, type Letter } from '../font/letter.js';
import { missingOf } from '../vertical/vertical-cells.js';

/** A letter on a line; a space has no glyph. Widths are of an em. */
interface Place {
  readonly letter: Letter;
  readonly glyph: Glyph | undefined;
  readonly width: number;
}

export interface BrokenText {
  readonly lines: readonly (readonly Place[])[];
  readonly missing: readonly Letter[];
}

const NO_START = new Set(
  '、。，．・：；？！ゝゞヽヾ々ー」』）】〕〉》｝］)]},.:;?!ぁぃぅぇぉっゃゅょァィゥェォッャュョヶ〜～',
);
/** A number and what it counts stay on one line, and so does a time of day. */
const COUNTERS = new Set('年月日時分秒条丁番号階回名円駅歳枚');
const NO_END = new Set('「『（【〔〈《｛［([{〒');

/** Breaks a text into lines of at most `width` ems: words and numbers whole where that is possible, no mark at the wrong end. */
export function breakLines(text: string, width: number, fonts: FontChain): BrokenText {
  const lines: Place[][] = [];
  const missing: Letter[] = [];
  for (const paragraph of text.split('\n')) {
    const letters = lettersOf(paragraph);
    const glyphs = fonts.glyphs(letters);
    missing.push(...missingOf(letters, glyphs));
    let line: Place[] = [];
    let length = 0;
    for (const [at, letter] of letters.entries()) {
      const place = placeOf(letter, glyphs[at]);
      if (length + place.width > width + 1e-6 && line.length > 0 && !isBlank(letter)) {
        const kept = breakAt(line, letter);
        lines.push(line.slice(0, kept));
        line = line.slice(kept);
        length = line.reduce((sum, { width: one }) => sum + one, 0);
      }
      line.push(place);
      length += place.width;
    }
    lines.push(line);
  }
  return { lines, missing };
}

/** How many letters of a full line stay on it when `next` does not fit; at least one. */
function breakAt(line: readonly Place[], next: Letter): number {
  for (let kept = line.length; kept > Math.max(0, line.length - 14); kept--) {
    const after = kept === line.length ? next : line[kept]!.letter;
    if (mayBreak(line[kept - 1]!.letter, after)) return kept;
  }
  return line.length;
}

function mayBreak(before: Letter, after: Letter): boolean {
  const [left, right] = [letterText(before), letterText(after)];
  if (NO_START.has(right) || NO_END.has(left)) return false;
  if (left === '午' || (/\d/.test(left) && COUNTERS.has(right))) return false;
  return !((/[!-~]/.test(left) || '前後時月'.includes(left)) && /[!-~]/.test(right));
}

function placeOf(letter: Letter, glyph: Glyph | undefined): Place {
  if (isBlank(letter)) return { letter, glyph: undefined, width: letter.codePoint === 0x3000 ? 1 : 0.3 };
  return { letter, glyph, width: glyph?.width ?? 1 };
}
