import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { kanaIndex, kanaPrefixes, kanaQuery, phoneIndex } from './blind-index.js';
import { TermKeys } from './term-keys.js';

const keys = new TermKeys('t1', randomBytes(32), randomBytes(32));
const hex = (index: Uint8Array | undefined) => index && Buffer.from(index).toString('hex');
const found = (text: string) =>
  kanaPrefixes(keys, 'ワタナベ', 'ハナコ')
    .map(hex)
    .includes(hex(kanaQuery(keys, text)) ?? 'none');

describe('a person is found without her name being kept', () => {
  test('by the telephone, however it was written', () => {
    expect(hex(phoneIndex(keys, '011-222-3333'))).toBe(hex(phoneIndex(keys, '+81 11 222 3333')));
    expect(hex(phoneIndex(keys, '011-222-3333'))).not.toBe(hex(phoneIndex(keys, '011-222-3334')));
    expect(phoneIndex(keys, 'なし')).toBeUndefined();
  });

  test('by the beginning of the name, however it was written, and by nothing else', () => {
    for (const text of ['ワ', 'わたなべ', 'ﾜﾀﾅﾍﾞ', 'ワタナベ　ハ', 'ワタナベハナコ']) expect(found(text)).toBe(true);
    for (const text of ['ハ', 'ワタナベハナコサ', 'ワナ', '', '渡']) expect(found(text)).toBe(false);
    expect(kanaQuery(keys, '渡辺')).toBeUndefined();
  });

  test('a name longer than the longest prefix is found by all of it', () => {
    const long = 'ア'.repeat(60);
    const rows = kanaPrefixes(keys, long, 'イ');
    expect(rows).toHaveLength(24);
    expect(hex(rows.at(-1))).toBe(hex(kanaQuery(keys, long)));
  });

  test('family and given name do not run into each other in the index of the whole name', () => {
    expect(hex(kanaIndex(keys, 'オオノ', 'マコト'))).toBe(hex(kanaIndex(keys, 'おおの', 'まこと')));
    expect(hex(kanaIndex(keys, 'オオノ', 'マコト'))).not.toBe(hex(kanaIndex(keys, 'オオ', 'ノマコト')));
  });

  test('indexes of another term, and of another purpose, tell nothing about this one', () => {
    const other = new TermKeys('t2', randomBytes(32), randomBytes(32));
    expect(hex(phoneIndex(other, '011'))).not.toBe(hex(phoneIndex(keys, '011')));
    expect(hex(phoneIndex(keys, '011'))).not.toBe(hex(kanaQuery(keys, '011')));
  });

  test('every index has 16 bytes', () => {
    const all = [phoneIndex(keys, '0'), kanaIndex(keys, 'ア', 'イ'), ...kanaPrefixes(keys, 'ア', 'イ')];
    expect(all.map((index) => index?.length)).toEqual([16, 16, 16, 16]);
  });
});
