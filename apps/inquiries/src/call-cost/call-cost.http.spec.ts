import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openInquiriesDesk, type InquiriesDesk } from '../rehearsal/inquiries-desk.js';
import { firstTerm, termPlanned } from '../rehearsal/reception-term.js';

let desk: InquiriesDesk;
beforeAll(async () => {
  desk = await openInquiriesDesk();
  await desk.tell(...termPlanned());
});
afterAll(() => desk.close());

test('the cost of a month follows the calls and the rate that was agreed', async () => {
  const rate = {
    validFrom: '2025-07-01',
    unitSeconds: 180,
    yenPerUnit: 8.5,
    monthlyYen: 1_100,
    agreementNumber: '協議-7',
  };
  expect((await desk.ask('POST', '/call-rates', rate, 'manager')).status).toBe(201);
  const { callId } = (await desk.ask('POST', '/calls', { receivedAt: '2025-07-14T10:00:00+09:00' })).body;
  const end = { purpose: 'inquiry', outcome: 'answered', talkSeconds: 181, closedAt: '2025-07-14T10:04:00+09:00' };
  await desk.ask('PATCH', `/calls/${callId}/close`, end);
  // one reading that waits for the rows; the cost is asked of the same
  await desk.read('/calls/numbers?from=2025-07-14');
  expect((await desk.ask('GET', '/calls/cost?month=2025-07', undefined, 'city')).body).toMatchObject({
    days: [{ date: '2025-07-14', calls: 1, seconds: 181, units: 2, yen: 17 }],
    ...{ monthlyYen: 1_100, totalYen: 1_117 },
  });
  expect((await desk.read('/call-rates', 'manager')).body).toEqual({ rates: [rate] });
});

test('the telephone system is told the calendar by which calls are counted, and hears of its change', async () => {
  const asked = '/ivr/schedule?from=2025-07-14&to=2025-07-14';
  const before = await desk.read(asked);
  expect(before.body.stretches).toMatchObject([
    { state: 'closedToday', to: '2025-07-14T00:00:00.000Z', nextOpening: '2025-07-14T00:00:00.000Z' },
    { state: 'open', from: '2025-07-14T00:00:00.000Z', to: '2025-07-14T07:00:00.000Z' },
    { state: 'closedToday', from: '2025-07-14T07:00:00.000Z', nextOpening: '2025-07-15T00:00:00.000Z' },
  ]);
  const dialplan = await desk.ask('GET', '/ivr/extensions.conf', undefined, 'administrator');
  expect(dialplan.bytes.toString()).toContain('GotoIfTime(09:00-15:59,*,14,jul,Asia/Tokyo?open)');
  const exceptions = [{ date: '2025-07-14', open: false, agreementNumber: '協議-8' }];
  const revised = { ...firstTerm, reception: { ...firstTerm.reception, exceptions } };
  await desk.tell({ stream: `term-${firstTerm.termId}`, event: { type: 'TermRevised', data: revised } });
  expect((await desk.read(asked)).body.stretches).toMatchObject([{ state: 'dayOff' }]);
  expect((await desk.ask('GET', '/ivr/extensions.conf', undefined, 'administrator')).bytes.toString()).not.toContain(
    ',14,jul',
  );
});

test('a period without an end, or backwards, is refused', async () => {
  for (const to of ['2025-07-01', '2027-07-01']) {
    expect(await desk.read(`/ivr/schedule?from=2025-07-14&to=${to}`)).toMatchObject({ status: 400 });
  }
});
