import { Font, type Glyph } from './font.js';
import { fontFiles, type FontFile } from './font-files.js';
import { isBlank, type Letter } from './letter.js';

/**
 * The fonts of the cards in the order they are tried. A text is set in the first font that has all of it, so that a rare
 * kanji does not stand in one name with another hand; only when none has all of it, letter by letter.
 */
export class FontChain {
  private readonly opened: Font[] = [];

  /** @throws Refusal `card-fonts-missing` */
  constructor(private readonly files: readonly FontFile[] = fontFiles().body) {}

  /** A glyph for every letter; undefined where no font has it. @param upright in vertical lines */
  glyphs(letters: readonly Letter[], upright = false): (Glyph | undefined)[] {
    for (const font of this.fonts()) {
      const glyphs = letters.map((letter) => font.glyph(letter, upright));
      if (glyphs.every((glyph, at) => glyph !== undefined || isBlank(letters[at]!))) return glyphs;
    }
    return letters.map((letter) => {
      for (const font of this.fonts()) {
        const glyph = font.glyph(letter, upright);
        if (glyph !== undefined) return glyph;
      }
      return undefined;
    });
  }

  /** Whether the character is there in its common form: tells a missing form from a missing character. */
  hasPlain({ codePoint }: Letter): boolean {
    return this.glyphs([{ codePoint }])[0] !== undefined;
  }

  /** A font is read (7 to 46 MB) when those before it were not enough. */
  private *fonts(): Generator<Font> {
    for (const [at, file] of this.files.entries()) yield (this.opened[at] ??= new Font(file));
  }
}
