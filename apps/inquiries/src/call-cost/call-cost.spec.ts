import { describe, expect, test } from '@jest/globals';
import type { CallAccount } from '#contracts/inquiries/call-account.js';
import { costOf } from './call-cost.policy.js';
import type { CallRate } from './call-rate.decider.js';

const rates: CallRate[] = [
  { validFrom: '2025-07-01', unitSeconds: 180, milliYenPerUnit: 8_500, monthlyYen: 1_000 },
  { validFrom: '2025-07-15', unitSeconds: 60, milliYenPerUnit: 3_000, monthlyYen: 1_000 },
];
const callId = '00000011-0000-4000-8000-000000000011';
const call = (more: Partial<CallAccount>): CallAccount => ({
  ...{ callId, callRevision: 1, source: 'queueLog', channel: 'telephone', receivedAt: '2025-07-14T00:00:00.000Z' },
  ...more,
});
const answered = (wait: number, talk: number) =>
  call({
    answer: { answeredAt: '2025-07-14T00:00:10.000Z', waitSeconds: wait },
    ending: { closedAt: '2025-07-14T00:05:00.000Z', talkSeconds: talk, transfers: 0, afterCallWorkSeconds: 500 },
  });
const on = (date: string, ...accounts: CallAccount[]) => accounts.map((account) => ({ date, account }));

describe('what calls cost', () => {
  test('is charged by begun units of waiting and talk, and not for the work behind it', () => {
    expect(costOf(on('2025-07-14', answered(10, 170), answered(10, 171)), rates)).toMatchObject([
      { calls: 2, seconds: 361, units: 3, milliYen: 25_500 },
    ]);
  });

  test('follows the rate of the day', () => {
    const [before, after] = costOf([...on('2025-07-14', answered(0, 60)), ...on('2025-07-15', answered(0, 60))], rates);
    expect([before!.milliYen, after!.milliYen]).toEqual([8_500, 3_000]);
  });

  test('names the calls of which nothing can be said, instead of guessing', () => {
    const unknown = call({ answer: { answeredAt: '2025-07-14T00:00:10.000Z' } });
    expect(costOf(on('2025-07-14', unknown), rates)).toMatchObject([{ calls: 1, units: 0, withoutDuration: 1 }]);
    expect(costOf(on('2025-06-30', answered(0, 60)), rates)).toMatchObject([{ calls: 1, milliYen: 0, withoutRate: 1 }]);
  });

  test('is not made by faxes, nor by calls that were struck', () => {
    expect(costOf(on('2025-07-14', call({ channel: 'fax' }), call({ struck: true })), rates)).toEqual([]);
  });
});
