import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import { readFileSync } from 'node:fs';

// BIZ UDPゴシック, the universal design face of the offices; it comes with npm, so nothing depends on the machine's fonts.
const FILES = {
  regular: '@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf',
  bold: '@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf',
} as const;

/** 〓 is what printers set for a character they do not have; a box would look like a fault of the machine. */
const GETA = 0x3013;

/** A drawn label: glyph outlines in font units, y upwards, and how far each moves. */
export interface Outline {
  readonly glyphs: readonly { readonly d: string; readonly x: number }[];
  /** Font units. */
  readonly width: number;
}

interface Glyph {
  readonly d: string;
  readonly advance: number;
}

/** A face for the labels of charts. Labels become outlines here: resvg needs 450 ms a picture to set them itself. */
export class LabelFont {
  private static readonly loaded = new Map<keyof typeof FILES, LabelFont>();
  private readonly glyphs = new Map<number, Glyph>();

  private constructor(private readonly font: Font) {}

  static of(weight: keyof typeof FILES): LabelFont {
    let font = LabelFont.loaded.get(weight);
    if (font === undefined) {
      const file = createRequire(import.meta.url).resolve(FILES[weight]);
      font = new LabelFont(create(readFileSync(file)) as Font);
      LabelFont.loaded.set(weight, font);
    }
    return font;
  }

  get unitsPerEm(): number {
    return this.font.unitsPerEm;
  }

  /** From the middle of the line down to its baseline, in font units. */
  get middle(): number {
    return (this.font.ascent + this.font.descent) / 2;
  }

  outline(text: string): Outline {
    const glyphs: { d: string; x: number }[] = [];
    let width = 0;
    for (const character of text) {
      const { d, advance } = this.glyph(character.codePointAt(0)!);
      if (d !== '') glyphs.push({ d, x: width });
      width += advance;
    }
    return { glyphs, width };
  }

  private glyph(codePoint: number): Glyph {
    let found = this.glyphs.get(codePoint);
    if (found === undefined) {
      const known = this.font.hasGlyphForCodePoint(codePoint) ? codePoint : GETA;
      const glyph = this.font.glyphForCodePoint(known);
      found = isVariationSelector(codePoint)
        ? { d: '', advance: 0 }
        : { d: glyph.path.toSVG(), advance: glyph.advanceWidth };
      this.glyphs.set(codePoint, found);
    }
    return found;
  }
}

function isVariationSelector(codePoint: number): boolean {
  return (codePoint >= 0xfe00 && codePoint <= 0xfe0f) || (codePoint >= 0xe0100 && codePoint <= 0xe01ef);
}
