import { describe, expect, test } from '@jest/globals';
import { absoluteFormula, copiedFormula, movedFormula, movedRanges, renamedFormula } from './row-insertion.js';

// Three rows come in before row 20 of 名簿; in a list of the single row 7, three come in under it.
const many = { sheetName: '名簿', at: 20, count: 3 };
const single = { sheetName: '名簿', at: 8, count: 3, grows: 7 };

describe('a formula, when rows are put into the list it counts over,', () => {
  test.each([
    ['SUM(C7:C20)', 'SUM(C7:C23)'],
    ['SUBTOTAL(103,$C$7:$C$20)', 'SUBTOTAL(103,$C$7:$C$23)'],
    ['C19+C20', 'C19+C23'],
    ["'名簿'!C20*2", "'名簿'!C23*2"],
    ['名簿!C20', '名簿!C23'],
    ['別紙!C20', '別紙!C20'],
    ["'別紙 2'!C20:C30", "'別紙 2'!C20:C30"],
    ['IF(C20="C20",LOG10(C20),"A1:B20")', 'IF(C23="C20",LOG10(C23),"A1:B20")'],
    ['$5:$6', '$5:$6'],
    ['$5:$20', '$5:$23'],
    ['A:C', 'A:C'],
    ['Q20_total+売上C20', 'Q20_total+売上C20'],
    ['C1048576', 'C1048576'],
  ])('%s reads %s', (before, after) => {
    expect(movedFormula(before, '名簿', many)).toBe(after);
  });

  test('in another sheet means that sheet, unless it names the list', () => {
    expect(movedFormula('C20+名簿!C20', '集計', many)).toBe('C20+名簿!C23');
  });

  test('a range that ends with a list of one row grows with it, a single cell of that row does not move', () => {
    expect(movedFormula('SUM(C7:C7)+C7+C8', '名簿', single)).toBe('SUM(C7:C10)+C7+C11');
    expect(movedRanges('A7:G7 G7 A1:G6', single)).toBe('A7:G10 G7:G10 A1:G6');
  });
});

test('a formula copied down counts from its new row; what is fixed stays', () => {
  expect(copiedFormula('ROW(A7)+$B7+B$7+$B$7&"B7"', 3)).toBe('ROW(A10)+$B10+B$7+$B$7&"B7"');
  expect(copiedFormula('A7+$A7', 0, 2)).toBe('C7+$A7');
});

test('a copy of a sheet names itself', () => {
  expect(renamedFormula("SUM('名簿 様式'!A1:A2)+名簿!A1", '名簿 様式', "O'Hara")).toBe("SUM('O''Hara'!A1:A2)+名簿!A1");
});

test('a print area written without its second $ becomes one that every program prints', () => {
  expect(absoluteFormula("'名簿'!$A1:$G28")).toBe("'名簿'!$A$1:$G$28");
});
