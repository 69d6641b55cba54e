import { Font, type Glyph } from './font.js';
import { fontFiles, type FontFile } from './font-files.js';
import { isBlank, type Letter } from './letter.js';

/**
 * The fonts of the cards in the order they are tried. A text is set in the first font that has all of it, so that a rare
 * kanji does not stand in one name with another hand; only when none has all of it, letter by letter.
 */
export class FontChain {
  private bold: FontChain | undefined;

  /**
   * @param files in the order they are tried
   * @param opened by path; chains share what is open
   * @throws Refusal `card-fonts-missing`
   */
  constructor(
    private readonly files: readonly FontFile[] = fontFiles().body,
    private readonly opened = new Map<string, Font>(),
  ) {}

  /** For headings and what must not be overlooked; letters that have no bold form are set in their own. */
  get strong(): FontChain {
    return (this.bold ??= new FontChain([fontFiles().heading, ...this.files], this.opened));
  }

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
    for (const file of this.files) {
      const font = this.opened.get(file.path) ?? new Font(file);
      this.opened.set(file.path, font);
      yield font;
    }
  }
}
