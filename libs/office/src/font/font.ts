import { readFileSync } from 'node:fs';
import { create, type Font as FontkitFont, type FontCollection } from 'fontkit';
import type { FontFile } from './font-files.js';
import { letterText, type Letter } from './letter.js';
import { VariationTable } from './variation-table.js';

export interface Glyph {
  readonly font: Font;
  readonly id: number;
  /** Of an em. */
  readonly width: number;
  /** What a reader of the document may copy out of it. */
  readonly codePoints: readonly number[];
}

/** One font file, asked glyph by glyph; answers are remembered. */
export class Font {
  readonly fontkit: FontkitFont;
  private readonly variants: VariationTable;
  private readonly glyphs = new Map<string, Glyph | undefined>();

  constructor(readonly file: FontFile) {
    const bytes = readFileSync(file.path);
    const opened = create(bytes);
    this.fontkit = 'fonts' in opened ? (opened as FontCollection).fonts[file.face ?? 0]! : opened;
    this.variants = VariationTable.of(bytes, file.face);
  }

  /** Undefined when the font has no such glyph, or not the form that the selector asks for. */
  glyph(letter: Letter, upright: boolean): Glyph | undefined {
    const key = letterText(letter) + (upright ? '|' : '');
    if (!this.glyphs.has(key)) this.glyphs.set(key, this.find(letter, upright));
    return this.glyphs.get(key);
  }

  private find(letter: Letter, upright: boolean): Glyph | undefined {
    const { codePoint, selector } = letter;
    if (!this.fontkit.hasGlyphForCodePoint(codePoint)) return undefined;
    const variant = selector === undefined ? 'default' : this.variants.find(codePoint, selector);
    if (variant === undefined) return undefined;
    const id = variant === 'default' ? this.plain(codePoint, upright) : variant.glyph;
    if (id === 0) return undefined;
    return {
      font: this,
      id,
      width: this.fontkit.getGlyph(id).advanceWidth / this.fontkit.unitsPerEm,
      codePoints: [codePoint, ...(selector === undefined ? [] : [selector])],
    };
  }

  private plain(codePoint: number, upright: boolean): number {
    if (!upright) return this.fontkit.glyphForCodePoint(codePoint).id;
    const run = this.fontkit.layout(String.fromCodePoint(codePoint), { vert: true });
    return run.glyphs[0]!.id;
  }
}
