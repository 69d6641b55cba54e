import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FontChain } from '../font/font-chain.js';
import { fitColumns, lengthOf } from './columns.js';
import { verticalCells, type Cell } from './vertical-cells.js';

const fonts = new FontChain();
const cellsOf = (text: string) => verticalCells(text, 'building', fonts);
const textOf = ({ glyphs }: Cell) => glyphs.map(({ codePoints }) => String.fromCodePoint(...codePoints)).join('');
const told = (text: string) => cellsOf(text).map((cell) => `${cell.set} ${textOf(cell)}`.trim());

describe('a vertical line', () => {
  test.each([
    ['あ12', ['upright あ', 'across 12']],
    ['あ１２', ['upright あ', 'across 12']],
    ['あ106', ['upright あ', 'across 1', 'across 0', 'across 6']],
    ['J1ビル', ['across J', 'across 1', 'upright ビ', 'upright ル']],
    ['ABC館', ['across A', 'across B', 'across C', 'upright 館']],
    ['Garden館', ['turned Garden', 'upright 館']],
    ['2-B', ['across 2', 'turned –', 'across B']],
    ['(旧)', ['upright （', 'upright 旧', 'upright ）']],
    ['ﾊﾟｰｸ', ['upright パ', 'upright ー', 'upright ク']],
    ['一　二', ['upright 一', 'gap', 'upright 二']],
  ])('sets %s as %j', (text, cells) => expect(told(text)).toEqual(cells));

  test('is not broken before a small kana, a long sound or a closing mark', () => {
    const room = { height: 40, largest: 5, comfortable: 5, smallest: 1, columns: 2 };
    for (const text of [
      'ああああああああああっあああああああああ',
      'ああああああああああーあああああああああ',
      'ああああああああああ）あああああああああ',
    ]) {
      const [, second] = fitColumns(cellsOf(text), room).columns;
      expect('っー）').not.toContain(textOf(second![0]!));
    }
  });

  test('of any text fits its room or says that it does not, and loses nothing', () => {
    const room = { height: 80, largest: 5, comfortable: 4, smallest: 2.5, columns: 2 };
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'北ーっ・ 12ab（）'), minLength: 1, maxLength: 120 }),
        (text) => {
          const cells = cellsOf(text);
          const { columns, size, fits } = fitColumns(cells, room);
          const longest = Math.max(...columns.map((column) => lengthOf(column) * size));
          expect(longest <= room.height + 1e-6).toBe(fits);
          expect(columns.flat().map(textOf).join('')).toBe(cells.map(textOf).join(''));
        },
      ),
    );
  });
});
