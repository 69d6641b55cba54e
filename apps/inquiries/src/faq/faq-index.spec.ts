import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FaqIndex, type IndexedEntry } from './faq-index.js';
import { searchText, topicText } from './search-text.policy.js';

const entry = (faqId: string, question: string, answer = '', keywords: string[] = [], category = 'venue') => ({
  ...{ faqId, question, answer, keywords, category },
});
const entries: IndexedEntry[] = [
  entry('parking', '駐車場はありますか', '駐車場はございません。公共交通機関をご利用ください。', ['車', 'パーキング']),
  entry('bring', '持ち物は何ですか', 'お使いのスマートフォンと筆記用具をお持ちください。', ['持参'], 'belongings'),
  entry('tablet', 'タブレットでも受講できますか', 'スマートフォンの講習会です。', [], 'eligibility'),
  entry('wheelchair', '車いすで入れますか', 'エレベーターとバリアフリートイレがあります。'),
];
const found = (text: string, category?: string) =>
  new FaqIndex(entries).search(text, { category }).map(({ faqId }) => faqId);

describe('search in the FAQ', () => {
  test.each([
    ['駐車', 'parking'],
    ['パーキング', 'parking'],
    ['ﾊﾟｰｷﾝｸﾞ', 'parking'],
    ['たぶれっと', 'tablet'],
    ['タブレットで受けられますか', 'tablet'],
    ['バリアフリー トイレ', 'wheelchair'],
    ['トイレ　バリアフリー', 'wheelchair'],
    ['持ちもの', 'bring'],
    ['筆記', 'bring'],
  ])('%s finds %s first', (text, faqId) => {
    expect(found(text)[0]).toBe(faqId);
  });

  test('one letter finds what it stands in', () => {
    expect(found('車').toSorted()).toEqual(['parking', 'wheelchair']);
  });

  test('within a category only', () => {
    expect(found('スマートフォン')).toEqual(['bring', 'tablet']);
    expect(found('スマートフォン', 'belongings')).toEqual(['bring']);
  });

  test('what nobody wrote about finds nothing, and nothing finds nothing', () => {
    expect(found('確定申告の締め切り')).toEqual([]);
    expect(found(' ？！')).toEqual([]);
    expect(new FaqIndex([]).search('駐車場')).toEqual([]);
  });

  test('for any part of any question, its entry is found: what LIKE finds is never lost', () => {
    const parts = fc.integer({ min: 0, max: entries.length - 1 }).chain((at) => {
      const letters = [...entries[at]!.question];
      return fc
        .tuple(fc.nat(letters.length - 1), fc.integer({ min: 1, max: letters.length }))
        .map(([from, length]) => ({ at, part: letters.slice(from, from + length).join('') }));
    });
    fc.assert(
      fc.property(parts, ({ at, part }) => {
        fc.pre(searchText(part) !== '');
        expect(found(part)).toContain(entries[at]!.faqId);
      }),
    );
  });
});

describe('text as it is searched', () => {
  test.each([
    ['ｽﾏｰﾄﾌｫﾝ', 'スマートフォン'],
    ['すまーとふぉん', 'スマートフォン'],
    ['Ｗｉ－Ｆｉ', 'wifi'],
    ['ヅ', 'ず'],
    ['持ち物、は？', '持ち物は'],
  ])('%s is %s', (one, other) => {
    expect(searchText(one)).toBe(searchText(other));
  });

  test('normalised once more is the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(searchText(searchText(text))).toBe(searchText(text));
      }),
    );
  });

  test('the same question with another ending is one topic, another question is not', () => {
    const same = ['駐車場はありますか？', '駐車場はありますか', '駐車場は、ありますか'];
    expect(new Set(same.map(topicText)).size).toBe(1);
    expect(topicText('補聴器')).not.toBe(topicText('駐車場'));
    expect(topicText('か')).not.toBe('');
  });
});
