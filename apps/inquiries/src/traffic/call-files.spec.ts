import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openInquiriesDesk, type InquiriesDesk } from '../rehearsal/inquiries-desk.js';
import { termPlanned } from '../rehearsal/reception-term.js';

let desk: InquiriesDesk;
beforeAll(async () => {
  desk = await openInquiriesDesk();
  await desk.tell(...termPlanned());
});
afterAll(() => desk.close());

const send = (format: string, lines: readonly string[]) =>
  desk.ask(
    'POST',
    `/calls/import?format=${format}`,
    new Blob([`${lines.join('\r\n')}\r\n`], { type: 'text/csv' }),
    'supervisor',
  );
const numbers = async (date: string) => (await desk.read(`/calls/numbers?from=${date}`)).body;

describe('the carrier’s report', () => {
  const report = [
    '着信課金サービス 通信量',
    '日付,時間帯,着信,話中',
    '2025/7/14,8:00～9:00,5,0',
    '2025/7/14,9:00～10:00,42,17',
    '2025/7/14,15:00～16:00,20,3',
    '2025/7/14,16:00～17:00,7,1',
  ];

  test('tells of busy calls, which reach no queue, and of the time outside the hours, printed apart', async () => {
    expect(await send('traffic', report)).toMatchObject({
      status: 200,
      body: { lines: 4, callLines: 4, unreadableLines: 0, days: 1, changed: 1 },
    });
    // 入電 comes from calls, of which there are none here: 0 + 21 busy + 12 out of hours
    expect((await numbers('2025-07-14')).total).toMatchObject({
      ...{ callsOffered: 0, callsBusy: 21, callsOutOfHours: 12, totalCalls: 33 },
    });
  });

  test('sent again it changes nothing; corrected, the later counts; half a day adds to the other half', async () => {
    expect((await send('traffic', report)).body).toMatchObject({ changed: 0 });
    await send('traffic', ['日付,時間帯,着信,話中', '令和7年7月14日,9時,42,18', '2025/7/14,10,30,2']);
    const { total, slots } = await numbers('2025-07-14');
    expect(total).toMatchObject({ callsBusy: 24, callsOutOfHours: 12 });
    expect(slots.find(({ slot }: { slot: string }) => slot === '10:00')).toMatchObject({ callsBusy: 2 });
  });

  test('speaks for its own days only: of another day the calls that got into the queue count', async () => {
    await send('calls', [
      '通話番号,日付,時刻,応答/放棄,待ち秒',
      'Z-01,2025/7/14,17:30:00,放棄,9',
      'Z-02,2025/7/22,17:30:00,放棄,9',
    ]);
    const { body } = await desk.read('/calls/numbers?from=2025-07-14&to=2025-07-22');
    expect(body.total).toMatchObject({ callsOutOfHours: 13 });
    const outOf = (list: { callsOutOfHours: number }[]) => list.reduce((sum, one) => sum + one.callsOutOfHours, 0);
    expect([outOf(body.days), outOf(body.slots)]).toEqual([13, 13]);
  });

  test('names the rows that it cannot read, and takes the others', async () => {
    const { body } = await send('traffic', [
      '日付,時間帯,着信,話中',
      '2025/7/15,9時,many,0',
      '2025/2/30,9時,1,0',
      '2025/7/15,昼,1,0',
      '2025/7/15,10時,4,1',
      '2025/7/15,10時,5,1',
    ]);
    expect(body.unreadable.map(({ line }: { line: number }) => line)).toEqual([2, 3, 4, 6]);
    expect((await numbers('2025-07-15')).total).toMatchObject({ callsBusy: 1 });
  });
});

describe('a list of calls', () => {
  const list = [
    '通話番号,日付,時刻,応答/放棄,待ち秒,通話秒,保留秒,後処理秒,転送,用件,対応結果',
    'A-001,2025/7/16,9:00:05,応答,12,200,10,40,0,申込,booked',
    'A-002,2025/7/16,9:01:00,放棄,3,,,,,,',
    'A-003,2025/7/16,9:02:00,放棄,60,,,,,,',
    'A-004,2025/7/16,16:00:00,放棄,9,,,,,,',
    'A-005,2025/7/16,15:59:59,応答,0:20,3:20,,,1,,',
  ];

  test('is counted like the log of a telephone system, each number once', async () => {
    expect((await send('calls', list)).body).toMatchObject({ lines: 5, calls: 5, added: 5, answered: 2, abandoned: 3 });
    expect((await send('calls', [list[0]!, ...list.slice(1).toReversed()])).body).toMatchObject({
      added: 0,
      changed: 0,
    });
    expect((await numbers('2025-07-16')).total).toMatchObject({
      ...{
        callsOffered: 4,
        callsAnswered: 2,
        callsAbandoned: 2,
        shortAbandoned: 1,
        callsOutOfHours: 1,
        transferred: 1,
      },
      ...{ averageWait: 16, averageTalk: 200, byPurpose: { application: 1 } },
    });
  });

  test('gives a category later: what was known stays, what is new is added', async () => {
    const later = [list[0]!.replace('用件', '分類'), 'A-005,2025/7/16,15:59:59,応答,0:20,3:20,,,1,venue,answered'];
    expect((await send('calls', later)).body).toMatchObject({ added: 0, changed: 1 });
    expect((await numbers('2025-07-16')).total).toMatchObject({
      byOutcome: { booked: 1, answered: 1 },
      averageTalk: 200,
    });
  });

  test('names the rows that it cannot read', async () => {
    const bad = [
      ...[
        'B-1,2025/7/17,9:00,どちらでもない,,,,,,,',
        '!,2025/7/17,9:00,応答,,,,,,,',
        'B-3,2025/7/17,25:00,応答,,,,,,,',
      ],
      ...[
        'B-4,2025/7/17,9:00,応答,-5,,,,,,',
        'B-5,2025/7/17,9:00,応答,,,,,,,見知らぬ',
        'B-6,2025/7/17,9:00,応答,,,,,,,',
      ],
      'B-6,2025/7/17,9:00,応答,,,,,,,',
    ];
    const { body } = await send('calls', [list[0]!, ...bad]);
    expect(body.unreadable.map(({ line }: { line: number }) => line)).toEqual([2, 3, 4, 5, 6, 8]);
    expect(body).toMatchObject({ calls: 1, answered: 1 });
  });
});
