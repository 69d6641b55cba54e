import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { QueryColumn } from '../query/query.js';
import { FORMULA, japaneseCsv, plainCsv } from './csv.js';
import { suppress } from './suppression.policy.js';

const columns: QueryColumn[] = [
  { name: 'venue_name', header: '会場名', kind: 'text', definition: '' },
  { name: 'change', header: '増減', kind: 'integer', definition: '' },
];

describe('a feed as CSV', () => {
  test('for Excel has a BOM, CRLF and Japanese headers; for programs neither', () => {
    const rows = [{ venue_name: '北区民センター', change: -3 }];
    expect(japaneseCsv(columns, rows)).toBe('\ufeff会場名,増減\r\n北区民センター,-3\r\n');
    expect(plainCsv(columns, rows)).toBe('venue_name,change\n北区民センター,-3\n');
  });

  test('keeps what begins like a formula a text, in both, and leaves negative numbers numbers', () => {
    for (const sign of ['=', '+', '-', '@', '\t', '\r', '\n', ' =', '　=', '＝', '＋', '－', '＠']) {
      const rows = [{ venue_name: `${sign}1+1`, change: -1 }];
      const excel = parse(japaneseCsv(columns, rows), { bom: true, record_delimiter: '\r\n' });
      expect(excel[1]).toEqual([`'${sign}1+1`, '-1']);
      expect(parse(plainCsv(columns, rows), { record_delimiter: '\n' })[1]).toEqual([`'${sign}1+1`, '-1']);
    }
  });

  test('whatever a text is, no cell that another program reads begins like a formula, and numbers stay numbers', () => {
    const text = fc.string({ unit: fc.constantFrom(...`=+-@\t\r\n＝＋－＠"', 　1A(亜`), maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(text, fc.integer({ min: -9, max: 9 })), { minLength: 1, maxLength: 5 }),
        (cells) => {
          const rows = cells.map(([venue_name, change]) => ({ venue_name, change }));
          const files = [
            parse(japaneseCsv(columns, rows), { bom: true, record_delimiter: '\r\n' }),
            parse(plainCsv(columns, rows), { record_delimiter: '\n' }),
          ] as string[][][];
          for (const [, ...read] of files) {
            expect(read.filter(([name]) => FORMULA.test(name!))).toEqual([]);
            expect(read.map(([, change]) => Number(change))).toEqual(cells.map(([, change]) => change));
            // Nothing but the quote is added
            expect(read.map(([name], i) => [cells[i]![0], `'${cells[i]![0]}`].includes(name!))).not.toContain(false);
          }
        },
      ),
    );
  });

  test('whatever stands in a cell, another program reads it back', () => {
    const text = fc.string({ unit: fc.constantFrom(...'",\r\n\t= 亜a'), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), (texts) => {
        const rows = texts.map((venue_name) => ({ venue_name, change: 1 }));
        const read = parse(japaneseCsv(columns, rows), { bom: true, record_delimiter: '\r\n' }).slice(1) as string[][];
        expect(read.map(([name]) => name!.replace(/^'/, ''))).toEqual(texts);
      }),
    );
  });
});

describe('small cells', () => {
  test('are hidden below the least, and never alone in a group whose sum is known', () => {
    expect(suppress([12, 3, 0, 40], 5, [[0, 1, 2, 3]])).toEqual([null, null, 0, 40]);
    expect(suppress([12, 40], 5, [[0, 1]])).toEqual([12, 40]);
    expect(suppress([2, 4, 30], 5, [[0, 1, 2]])).toEqual([null, null, 30]);
    // 1 and 1 together are still few
    expect(suppress([1, 1, 30], 5, [[0, 1, 2]])).toEqual([null, null, null]);
  });

  test('are hidden along rows and columns until neither tells the other', () => {
    const rows = [[0, 1, 2], [3, 4, 5]]; // prettier-ignore
    const cols = [[0, 3], [1, 4], [2, 5]]; // prettier-ignore
    const shown = suppress([3, 20, 30, 40, 50, 60], 5, [...rows, ...cols]);
    for (const group of [...rows, ...cols]) expect(group.filter((i) => shown[i] === null)).not.toHaveLength(1);
    expect(shown[0]).toBeNull();
  });

  test('no known sum tells a hidden cell, whatever the counts', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 2, maxLength: 12 }), (counts) => {
        const group = counts.map((_, i) => i);
        const shown = suppress(counts, 5, [group]);
        const few = group.filter((i) => counts[i]! > 0 && counts[i]! < 5);
        const hidden = group.filter((i) => shown[i] === null);
        expect(hidden).toEqual(expect.arrayContaining(few));
        expect(shown.filter((one) => one !== null)).toEqual(counts.filter((_, i) => !hidden.includes(i)));
        const others = group.filter((i) => shown[i] !== null && counts[i]! > 0);
        const sum = hidden.reduce((total, i) => total + counts[i]!, 0);
        // Few are told only where there is nobody else to hide with them
        const isTold = hidden.length === 1 || (hidden.length > 0 && sum < 5);
        expect(isTold && others.length > 0).toBe(false);
      }),
    );
  });
});
