import { describe, expect, test } from '@jest/globals';
import { callAccountAfter, type CallAccount, type CallEvent } from './call-account.js';
import { inquiriesEvents } from './inquiries.events.js';

const callId = '00000011-0000-4000-8000-000000000011';
const at = (second: number) => new Date(Date.UTC(2025, 6, 11, 0, 0, second)).toISOString();
const received: CallEvent = {
  type: 'CallReceived',
  data: { callId, callRevision: 1, source: 'screen', channel: 'telephone', receivedAt: at(0) },
};
const answered: CallEvent = { type: 'CallAnswered', data: { callId, callRevision: 2, answeredAt: at(0) } };
const closed: CallEvent = {
  type: 'CallClosed',
  data: { callId, callRevision: 3, closedAt: at(200), talkSeconds: 180, transfers: 0, outcome: 'booked' },
};
const after = (events: readonly CallEvent[]) => events.reduce<CallAccount | undefined>(callAccountAfter, undefined);

describe('the account of a call', () => {
  test('has what the desk saw of it', () => {
    expect(after([received, answered, closed])).toMatchObject({
      callRevision: 3,
      receivedAt: at(0),
      answer: { answeredAt: at(0) },
      ending: { talkSeconds: 180, outcome: 'booked' },
    });
  });

  test('is replaced as a whole by a restatement, and told twice it is the same', () => {
    const whole = after([received, answered, closed])!;
    const restated: CallEvent = {
      type: 'CallRestated',
      data: { ...whole, callRevision: 4, queue: 'uketsuke', answer: { answeredAt: at(12), waitSeconds: 12 } },
    };
    const known = after([received, answered, closed, restated]);
    expect(known).toEqual(restated.data);
    expect(callAccountAfter(known, closed)).toBe(known);
  });

  test('says that a call was struck, which then counts nowhere', () => {
    const struck: CallEvent = { type: 'CallStruck', data: { callId, callRevision: 3, cause: 'mistaken' } };
    expect(after([received, answered, struck])).toMatchObject({ callRevision: 3, struck: true });
  });
});

test('words have no place where a code belongs', () => {
  const closing = { ...closed.data, category: '山田さんの件' };
  expect(() => inquiriesEvents.write('CallClosed', closing as never)).toThrow('category');
});
