import { describe, expect, test } from '@jest/globals';
import { findTowns, townsOf } from './postal-codes.js';
import { TOWN_READINGS } from './town-readings.js';

const names = (wish: Parameters<typeof findTowns>[0]) =>
  findTowns(wish).map(({ postalCode, town }) => `${postalCode} ${town}`);

describe('a postcode', () => {
  test('names its town with ward and reading, as the post has it', () => {
    expect(townsOf('0010024')).toEqual([
      {
        ...{ postalCode: '0010024', prefecture: '北海道', city: '札幌市', ward: '北区' },
        ...{ town: '北二十四条西', townKana: 'キタニジュウヨジョウニシ' },
      },
    ]);
  });

  test('of a part of a town says which 丁目, since the 丁目 is asked first', () => {
    expect(townsOf('0010020')).toMatchObject([{ town: '北二十条西', part: '2〜10丁目' }]);
  });

  test('of another city is known too; one that was never given is not', () => {
    expect(townsOf('0690811')).toMatchObject([{ prefecture: '北海道', city: '江別市' }]);
    expect(townsOf('9999999')).toEqual([]);
  });

  test('is there for every reading, and every town of the city has a reading', () => {
    expect([...TOWN_READINGS.keys()].filter((code) => townsOf(code).length === 0)).toEqual([]);
    expect(TOWN_READINGS.size).toBeGreaterThan(800);
  });
});

describe('a town whose postcode the caller does not know (§8.12)', () => {
  test.each([
    ['北24条西'],
    ['北２４条西'],
    ['北二十四条西'],
    ['キタニジュウヨジョウニシ'],
    ['きたにじゅうよじょうにし'],
    ['ｷﾀ24ｼﾞｮｳﾆｼ'],
    ['北 24 条 西'],
  ])('is found as %s', (town) => {
    expect(names({ town })).toEqual(['0010024 北二十四条西']);
  });

  test('is found by a beginning before a part, and within its ward', () => {
    const found = findTowns({ town: '厚別中央', ward: '厚別区' });
    expect(found.length).toBeGreaterThan(3);
    expect(found.every(({ town, ward }) => town!.startsWith('厚別中央') && ward === '厚別区')).toBe(true);
    expect(names({ town: 'あいの里', ward: '中央区' })).toEqual([]);
    const mixed = findTowns({ town: '北二十' }).map(({ town }) => town!.startsWith('北二十'));
    expect(mixed).toEqual(mixed.toSorted((a, b) => Number(b) - Number(a)));
  });

  test('that has several codes is told apart by its 丁目', () => {
    const all = findTowns({ town: '北二十条西' });
    const [first] = findTowns({ town: '北二十条西', chome: '5丁目' });
    expect(all.length).toBeGreaterThan(0);
    expect(first).toMatchObject({ postalCode: '0010020' });
    expect(findTowns({ town: '北二十条西', chome: '１１' }).map(({ postalCode }) => postalCode)).not.toContain(
      '0010020',
    );
  });

  test('that is nothing is found nowhere', () => {
    expect(findTowns({ town: ' ' })).toEqual([]);
    expect(findTowns({ town: '100条' })).toEqual([]);
  });
});
