import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Addressee } from '../card/card.js';
import { madeUpAddressee } from '../rehearsal/made-up-cards.js';
import { addressLines, inKanji } from './address-lines.js';
import { kanjiCount, kanjiDigits, kanjiValue } from './kanji-number.js';

const linesOf = (addressee: Partial<Addressee>) => {
  const { street, building, careOf } = addressLines({ ...madeUpAddressee, ...addressee });
  const text = (parts: readonly { text: string }[]) => parts.map((part) => part.text).join(' ');
  return [text(street), text(building), text(careOf)];
};

describe('an address on a vertical card (§8.9)', () => {
  test.each([
    ['北24条西5丁目', '北二十四条西五丁目'],
    ['北２４条西５丁目', '北二十四条西五丁目'],
    ['南郷通7丁目南', '南郷通七丁目南'],
    ['あいの里2条3丁目', 'あいの里二条三丁目'],
    ['厚別中央1条', '厚別中央一条'],
    ['北二十四条西五丁目', '北二十四条西五丁目'],
    ['11丁目', '十一丁目'],
    ['10番1208号', '一〇番一二〇八号'],
    ['1208−3', '一二〇八‐三'],
    ['南七線西28', '南七線西二八'],
    ['B棟3', 'B棟三'],
  ])('%s is written %s', (typed, written) => expect(inKanji(typed)).toBe(written));

  test('counts in 条 and 丁目, reads the house digit by digit, and leaves the building as it is named', () => {
    expect(linesOf({ building: 'J1ビル2-B', roomNumber: '1208', careOf: '佐藤様方2' })).toEqual([
      '北海道 札幌市 北区 北二十四条西 五丁目 一‐二〇',
      'J1ビル2-B 一二〇八号室',
      '佐藤様方2',
    ]);
    expect(linesOf({ town: '南郷通', chome: '7丁目南', roomNumber: 'B106' })[0]).toContain('南郷通 七丁目南');
    expect(linesOf({ roomNumber: '２０１号' })[1]).toContain('二〇一号');
    expect(linesOf({ roomNumber: 'B106' })[1]).toContain('B106');
  });

  test('has no empty parts', () => {
    const bare = { ...madeUpAddressee, building: '', roomNumber: ' ', chome: '', careOf: '' };
    expect(addressLines(bare)).toMatchObject({ building: [], careOf: [] });
    expect(addressLines(bare).street.map(({ field }) => field)).not.toContain('chome');
  });

  test('of any number reads back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999 }), (number) => {
        expect(kanjiValue(kanjiCount(number))).toBe(number);
        expect(kanjiValue(kanjiDigits(String(number)))).toBe(number);
      }),
    );
  });

  test('of any text has no digit left in its street', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => expect(inKanji(text)).not.toMatch(/[0-9０-９]/)));
  });
});
