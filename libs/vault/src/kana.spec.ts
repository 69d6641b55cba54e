import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { normaliseKana, phoneDigits } from './kana.js';
import { kanjiVariants } from './kanji-variants.js';

describe('a name in kana is found however it was written', () => {
  test.each([
    ['half width', 'ﾜﾀﾅﾍﾞ', 'ワタナベ'],
    ['hiragana', 'わたなべ', 'ワタナベ'],
    ['decomposed', 'ワタナヘ\u3099', 'ワタナベ'],
    ['a voiced mark of its own', 'ワタナヘ゛', 'ワタナベ'],
    ['spaces and dots', 'ワタナベ　ハナ・コ ', 'ワタナベハナコ'],
    ['a long vowel mark', 'ユーコ', 'ユコ'],
    ['a long vowel mark in half width', 'ﾕｰｺ', 'ユコ'],
    ['a hyphen for it', 'ユ‐コ', 'ユコ'],
    ['small kana', 'キョウコ', 'キヨウコ'],
    ['a small ッ', 'ハットリ', 'ハツトリ'],
    ['ヅ and ヂ', 'ミヅキ チヂミ', 'ミズキチジミ'],
    ['a repeated kana', 'サヽキ', 'ササキ'],
    ['a repeated voiced kana', 'みすゞ', 'ミスズ'],
    ['ヴ', 'ヴァネッサ', 'バネツサ'],
    ['ヶ', 'ヤツヶザキ', 'ヤツケザキ'],
    ['ヲ and ヱ', 'ヲノヱ', 'オノエ'],
    ['small kana of Ainu names', 'ㇰㇱ', 'クシ'],
    ['letters', 'Ｓｍｉｔｈ', 'SMITH'],
    ['Kanji, which are no kana', '渡辺', ''],
    ['NUL and half a character', 'ア\0\ud842', 'ア'],
  ])('%s', (_, written, searched) => {
    expect(normaliseKana(written)).toBe(searched);
  });

  const kana = fc.string({
    unit: fc.oneof(
      fc.integer({ min: 0x3040, max: 0x30ff }).map((code) => String.fromCodePoint(code)),
      fc.integer({ min: 0xff61, max: 0xff9f }).map((code) => String.fromCodePoint(code)),
      fc.constantFrom('゛', '゜', '\u3099', '\u309a', ' ', '-', 'a', 'ß', 'ﬃ'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
  });

  test('what is normalised stays as it is, and holds capitals, digits and big katakana alone', () => {
    fc.assert(
      fc.property(kana, (text) => {
        const once = normaliseKana(text);
        expect(normaliseKana(once)).toBe(once);
        expect(once).toMatch(/^[ア-ンA-Z0-9]*$/);
        expect(once).not.toMatch(/[ァィゥェォッャュョヮヵヶヅヂヲヰヱヴー]/);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a telephone number is found however it was written', () => {
  test.each([
    ['011-222-3333', '0112223333'],
    ['０１１（２２２）３３３３', '0112223333'],
    ['+81 11 222 3333', '0112223333'],
    ['＋81-(0)90-1111-2222', '09011112222'],
    [' 090ー1111ー2222 ', '09011112222'],
    ['なし', ''],
    ['', ''],
  ])('%s', (written, dialled) => {
    expect(phoneDigits(written)).toBe(dialled);
  });

  test('once more changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789０９+＋- 81') }), (text) => {
        expect(phoneDigits(phoneDigits(text))).toBe(phoneDigits(text));
      }),
    );
  });
});

describe('names in Kanji are compared by the usual character', () => {
  test.each([
    ['渡邉', '渡辺'],
    ['渡邊', '渡辺'],
    ['髙﨑', '高崎'],
    ['𠮷野', '吉野'],
    ['齋藤', '斉藤'],
    ['濵 田', '浜田'],
    ['桒嶋', '桑島'],
    ['葛\u{e0100}城', '葛城'],
    ['佐藤', '佐藤'],
  ])('%s', (written, usual) => {
    expect(kanjiVariants(written)).toBe(usual);
    expect(kanjiVariants(usual)).toBe(usual);
  });

  test('once more changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(kanjiVariants(kanjiVariants(text))).toBe(kanjiVariants(text));
      }),
      { numRuns: 1_000 },
    );
  });
});
