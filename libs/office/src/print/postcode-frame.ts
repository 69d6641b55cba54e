import type { PostcodeFrame } from '../card/card-settings.js';
import type { FontChain } from '../font/font-chain.js';
import { lettersOf } from '../font/letter.js';
import { missingOf } from '../vertical/vertical-cells.js';
import { CARD_WIDTH, emptyPlan, type SidePlan } from './side-plan.js';

// 郵便番号枠: boxes of 5.7 × 8.0 mm, 47.7 mm in all (zipmanual p05; the gaps from a page that repeats its figure).
const BOX = { width: 5.7, height: 8 };
const GAPS = [1.3, 1.3, 1.9, 1.1, 1.1, 1.1];
const TOTAL = 47.7;
const THICK = 0.5;
const THIN = 0.3;
const DIGIT = 6;
const SMALLER = 0.9;

/** The frame, where the card has none, and the seven figures in it. */
export function postcodeFrame(postalCode: string, frame: PostcodeFrame, fonts: FontChain): SidePlan {
  const plan = emptyPlan();
  let x = CARD_WIDTH - frame.right - TOTAL;
  const letters = lettersOf(postalCode);
  const glyphs = fonts.glyphs(letters);
  for (let at = 0; at < 7; at++) {
    if (frame.drawn) plan.boxes.push(outline(x, frame.top, at < 3 ? THICK : THIN));
    if (frame.drawn && at === 2) {
      plan.boxes.push({
        x: x + BOX.width,
        y: frame.top + BOX.height / 2 - THIN / 2,
        width: GAPS[2]!,
        height: THIN,
        ink: 'vermilion',
      });
    }
    const glyph = glyphs[at];
    if (glyph !== undefined) {
      const size = at < 3 ? DIGIT : DIGIT * SMALLER;
      const left = x + (BOX.width - glyph.width * size) / 2;
      plan.glyphs.push({ glyph, x: left, y: frame.top + BOX.height / 2 + size * 0.37, size });
    }
    x += BOX.width + (GAPS[at] ?? 0);
  }
  plan.flaws.push(
    ...missingOf(letters, glyphs).map((letter) => ({ code: 'missingGlyph' as const, field: 'postalCode', letter })),
  );
  return plan;
}

/** A line is inside the box, so that the frame keeps its measures. */
function outline(x: number, y: number, line: number) {
  return {
    ...{ x: x + line / 2, y: y + line / 2, width: BOX.width - line, height: BOX.height - line },
    ...{ line, ink: 'vermilion' as const },
  };
}
