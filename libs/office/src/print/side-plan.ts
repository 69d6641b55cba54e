import type { Glyph } from '../font/font.js';
import type { Letter } from '../font/letter.js';

// What is printed on one side of a card, decided before anything is drawn: the soft proof looks at the same plan that
// the document is drawn from. Millimetres from the top left corner.

export const CARD_WIDTH = 100;
export const CARD_HEIGHT = 148;

export interface PlacedGlyph {
  readonly glyph: Glyph;
  /** Where its baseline begins. */
  readonly x: number;
  readonly y: number;
  /** Of an em. */
  readonly size: number;
  /** Of its own width. */
  readonly squeeze?: number;
  /** Clockwise, degrees. */
  readonly turn?: number;
  readonly ink?: Ink;
}

export type Ink = 'black' | 'vermilion' | 'grey';

/** Filled when it has no `line`. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly line?: number;
  readonly ink?: Ink;
}

export interface Circle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly line: number;
}

/** What a person has to know before the side is printed. */
export interface Flaw {
  readonly code: 'missingGlyph' | 'overflow' | 'barcodeUnreadable';
  readonly field: string;
  readonly letter?: Letter;
}

export interface SidePlan {
  /** What is the same on many cards: the same object each time, drawn once in a document. */
  readonly under?: SidePlan;
  readonly glyphs: PlacedGlyph[];
  readonly boxes: Box[];
  readonly circles: Circle[];
  readonly flaws: Flaw[];
}

export function emptyPlan(under?: SidePlan): SidePlan {
  return { glyphs: [], boxes: [], circles: [], flaws: [], ...(under !== undefined && { under }) };
}

/** Of the side and of what lies under it. */
export function allFlaws({ flaws, under }: SidePlan): readonly Flaw[] {
  return under === undefined ? flaws : [...flaws, ...under.flaws];
}

export function addTo(plan: SidePlan, other: SidePlan): void {
  plan.glyphs.push(...other.glyphs);
  plan.boxes.push(...other.boxes);
  plan.circles.push(...other.circles);
  plan.flaws.push(...other.flaws);
}
