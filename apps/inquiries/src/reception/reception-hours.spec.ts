import { describe, expect, test } from '@jest/globals';
import { firstTerm, termId } from '../rehearsal/reception-term.js';
import { hoursAt } from './reception-hours.js';

const secondId = '00000002-0000-4000-8000-000000000002';
const terms = [
  { termId: secondId, plan: { ...firstTerm, termId: secondId, reception: { ...firstTerm.reception, from: '2025-09-11', to: '2025-09-26' } } }, // prettier-ignore
  { termId, plan: firstTerm },
];
const tokyo = (text: string) => Date.parse(`${text}+09:00`);

describe('a call belongs', () => {
  test.each([
    ['2025-07-11T09:00:00', { termId }],
    ['2025-07-11T16:00:00', { termId, outOfHours: true }],
    ['2025-08-20T10:00:00', { termId, outOfHours: true }], // cancellations still come (§8.13)
    ['2025-09-11T10:00:00', { termId: secondId }],
    ['2025-06-01T10:00:00', { termId, outOfHours: true }], // before any term: the one that comes
  ])('at %s to %j', (instant, hours) => {
    expect(hoursAt(terms, tokyo(instant))).toEqual(hours);
  });

  test('to no term where none is planned', () => {
    expect(hoursAt([], tokyo('2025-07-11T10:00:00'))).toEqual({ outOfHours: true });
  });
});
