import { expect, test } from '@jest/globals';
import { serialText } from './card.js';

test('a card is counted by its serial (§4.4.4)', () => {
  expect(serialText({ batchNumber: 12, serialNo: 1, total: 350 })).toBe('B12-0001/0350');
  expect(serialText({ batchNumber: 1, serialNo: 12_000, total: 20_000 })).toBe('B1-12000/20000');
});
