import { describe, expect, test } from '@jest/globals';
import { noticesEvents } from './notices.events.js';

const schemaOf = (type: string) => noticesEvents.jsonSchema(type, noticesEvents.latest(type));

describe('what the notices service tells', () => {
  test('names of every notice the reservation and the revision it tells of', () => {
    for (const type of noticesEvents.types().filter((name) => /^Notice(?!Batch|Withdrawn|Template)/.test(name))) {
      expect([type, schemaOf(type)['required']]).toEqual([
        type,
        expect.arrayContaining(['reservationId', 'reservationRevision']),
      ]);
    }
  });

  test.each([
    ['NoticeVoided', { reason: '山田花子' }],
    ['NoticeReturned', { reason: '転居したとのこと' }],
    ['NoticeDrafted', { warnings: ['髙 is missing'] }],
    ['NoticeBatchSentBack', { reasonCode: '山田さんの分が違う' }],
  ] as const)('refuses words in %s where a code belongs', (type, words) => {
    expect(() => noticesEvents.write(type, words as never)).toThrow(Object.keys(words)[0]!);
  });
});
