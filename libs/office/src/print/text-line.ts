import type { FontChain } from '../font/font-chain.js';
import { isBlank, lettersOf } from '../font/letter.js';
import { missingOf } from '../vertical/vertical-cells.js';
import type { Ink, PlacedGlyph, SidePlan } from './side-plan.js';

export interface LinePlace {
  readonly x: number;
  /** Baseline. */
  readonly y: number;
  readonly size: number;
  /** Between letters, of the size. */
  readonly spread?: number;
  readonly align?: 'left' | 'centre' | 'right';
  readonly turn?: number;
  readonly ink?: Ink;
}

/** Sets one horizontal line of text that nobody typed: headings, marks, serials. Answers its width. */
export function setLine(plan: SidePlan, text: string, field: string, fonts: FontChain, place: LinePlace): number {
  const letters = lettersOf(text);
  const glyphs = fonts.glyphs(letters);
  const { size, spread = 0, align = 'left', turn = 0, ink = 'black' } = place;
  const widths = glyphs.map((glyph, at) => (glyph?.width ?? (isBlank(letters[at]!) ? 0.5 : 1)) * size);
  const total = widths.reduce((sum, width) => sum + width, 0) + Math.max(0, letters.length - 1) * spread * size;
  const [right, down] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  let along = align === 'left' ? 0 : align === 'centre' ? -total / 2 : -total;
  for (const [at, glyph] of glyphs.entries()) {
    if (glyph !== undefined && !isBlank(letters[at]!)) {
      const placed: PlacedGlyph = { glyph, x: place.x + along * right, y: place.y + along * down, size, ink, turn };
      plan.glyphs.push(placed);
    }
    along += widths[at]! + spread * size;
  }
  plan.flaws.push(...missingOf(letters, glyphs).map((letter) => ({ code: 'missingGlyph' as const, field, letter })));
  return total;
}
