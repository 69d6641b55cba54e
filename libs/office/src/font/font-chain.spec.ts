import { describe, expect, test } from '@jest/globals';
import { describeRareFonts } from '../rehearsal/describe-where.js';
import { fontFiles, missingFonts } from './font-files.js';
import { FontChain } from './font-chain.js';
import { lettersOf, letterCode } from './letter.js';

const fonts = new FontChain();
const fontsOf = (text: string, upright = false) =>
  fonts.glyphs(lettersOf(text), upright).map((glyph) => glyph?.font.file.name);

describe('the fonts of the cards', () => {
  test('have the letters people write their names with', () => {
    for (const name of [
      '髙橋',
      '山﨑',
      '𠮷野',
      '𩸽',
      '𠮟',
      '齋藤',
      '渡邉',
      '渡邊',
      '濵田',
      '神山',
      'ヴィクトリヤ',
      'ゝゞ々〆ヶ',
    ]) {
      expect(fontsOf(name)).toEqual([...name].map(() => 'Noto Serif JP'));
    }
  });

  test('set a sequence with the form that its selector asks for', () => {
    const [plain] = fonts.glyphs(lettersOf('葛'));
    const [variant] = fonts.glyphs(lettersOf('葛\u{e0100}'));
    expect(variant).toMatchObject({ codePoints: [0x845b, 0xe0100] });
    expect(variant!.id).not.toBe(plain!.id);
  });

  test('say which letter they do not have, and whether it is only its form', () => {
    const [emoji, form] = [lettersOf('😀')[0]!, lettersOf('辺\u{e0105}')[0]!];
    expect([fonts.glyphs([emoji])[0], fonts.hasPlain(emoji), letterCode(emoji)]).toEqual([undefined, false, 'U+1F600']);
    expect([fonts.glyphs([form])[0], fonts.hasPlain(form), letterCode(form)]).toEqual([
      undefined,
      true,
      'U+8FBA U+E0105',
    ]);
  });

  test('have vertical forms of what changes when it stands upright', () => {
    for (const letter of 'ー「」（）、。〜っゃゅょァ…：') {
      const [upright, level] = [true, false].map((way) => fonts.glyphs(lettersOf(letter), way)[0]!.id);
      expect([letter, upright === level]).toEqual([letter, false]);
    }
    expect(fontsOf('漢字', true)).toEqual(['Noto Serif JP', 'Noto Serif JP']);
  });

  test('are named with the package that brings them where one is missing', () => {
    expect(missingFonts(() => true)).toEqual([]);
    expect(missingFonts(() => false)).toEqual([
      expect.stringContaining('`apt-get install fonts-ipamj-mincho`'),
      expect.stringContaining('`apt-get install fonts-noto-cjk`'),
    ]);
  });

  test('are enough for a desk without the fonts of Debian: what they lack is said, not printed', () => {
    const alone = new FontChain(fontFiles().body.slice(0, 1));
    expect(alone.glyphs(lettersOf('髙橋')).every((glyph) => glyph !== undefined)).toBe(true);
    expect(alone.glyphs(lettersOf('葛\u{e0102}'))).toEqual([undefined]);
  });
});

describeRareFonts('the fonts of rare letters', () => {
  test('set rare kanji and the forms of the registers from another font, the whole name in one hand', () => {
    expect(fontsOf('葛\u{e0102}城')).toEqual(['IPAmjMincho', 'IPAmjMincho']);
    expect(fontsOf('辻\u{e0101}')).toEqual(['Noto Serif CJK JP']);
    expect(fontsOf('\u{28e97}田')).toContain('IPAmjMincho');
    const forms = ['\u{e010f}', '\u{e0110}', '\u{e0111}'].map(
      (selector) => fonts.glyphs(lettersOf(`邉${selector}`))[0]!.id,
    );
    expect(new Set(forms).size).toBe(3);
  });
});
