import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { INQUIRY_CATEGORIES, TALLY_CATEGORIES } from './inquiry-category.js';
import { inquiriesEvents } from './inquiries.events.js';

const golden = (type: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../golden', `${type}.v1.json`), 'utf8')) as object;

describe('what the desk tells of its answers', () => {
  test.each([
    ['InquiryRecorded', { category: '髙橋様の件' }],
    ['InquiryRecorded', { note: '膝が悪いとのこと' }],
    ['EscalationOpened', { question: '山田花子様は参加できますか' }],
    ['EscalationAnswered', { instruction: '山田様へ電話' }],
    ['ComplaintRaised', { words: '係の態度が悪い' }],
    ['ComplaintToldToCity', { checklist: ['山田様のこと'] }],
    ['ComplaintNoted', { part: '謝罪した' }],
    ['CallbackRequested', { phoneNumber: '0112112936' }],
    ['FaqSentBack', { reasonCode: 'わかりにくい' }],
  ] as const)('%s refuses %o: words about a person are sealed, never told', (type, words) => {
    expect(() => inquiriesEvents.write(type, { ...golden(type), ...words } as never)).toThrow(Object.keys(words)[0]!);
  });

  test('the keys of the tally are categories', () => {
    expect(Object.keys(INQUIRY_CATEGORIES)).toEqual(expect.arrayContaining([...TALLY_CATEGORIES]));
  });
});
