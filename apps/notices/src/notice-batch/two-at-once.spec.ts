import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dateAt } from '#calendar/civil-time.js';
import { NoticesDesk, type Answer } from '../rehearsal/notices-desk.js';
import { SmallTerm } from '../rehearsal/small-term.js';

let desk: NoticesDesk;
let term: SmallTerm;
beforeAll(async () => {
  desk = await NoticesDesk.open();
  term = await SmallTerm.open(desk);
});
afterAll(() => desk.close());

const today = dateAt(Date.now());
const office = '札幌中央郵便局';
const outcome = ({ status, body }: Answer) => [status, body.slug ?? body.state];

async function prepared(sessionCode: string, persons: number) {
  const sessionId = await term.schedule(sessionCode);
  const booked = await term.bookMany(sessionId, persons);
  const batch = (await desk.must('POST', '/notices/batches', { sessionIds: [sessionId] })).body;
  return { sessionId, booked, ...batch } as {
    sessionId: string;
    booked: { reservationId: string }[];
    batchId: string;
    count: number;
    hash: string;
  };
}

async function printed(sessionCode: string, persons: number) {
  const batch = await prepared(sessionCode, persons);
  const { batchId, count, hash } = batch;
  await desk.must('POST', `/notices/batches/${batchId}/approve`, { count, hash }, 'supervisor');
  await desk.must('POST', `/notices/batches/${batchId}/printed`, { good: count, spoiled: 0 });
  return batch;
}

const cancel = async (reservationId: string) => {
  const { position } = await desk.must('POST', `/reservations/${reservationId}/cancel`, { reasonCode: 'illness' });
  await desk.must('GET', '/notices/due', undefined, 'operator', { waitFor: position });
};

describe('two at once', () => {
  test('prepare the same notices: each lies in one batch, and whoever comes too late is told so', async () => {
    const sessionId = await term.schedule('T-1');
    await term.bookMany(sessionId, 12);
    const both = await Promise.all(
      ['operator', 'manager'].map((role) =>
        desk.ask('POST', '/notices/batches', { sessionIds: [sessionId] }, role as 'operator'),
      ),
    );
    const made = both.filter(({ status }) => status === 201);
    expect(made.reduce((sum, { body }) => sum + body.count, 0)).toBe(12);
    const late = both.filter(({ status }) => status !== 201);
    expect(late.map(outcome)).toEqual(late.map(() => [409, 'nothing-to-prepare']));
    const { notices } = (await desk.must('GET', `/notices?sessionId=${sessionId}&state=drafted`)).body;
    const places = notices.map(({ batchId, serialNo }: { batchId: string; serialNo: number }) => `${batchId}:${serialNo}`); // prettier-ignore
    expect([places.length, new Set(places).size]).toEqual([12, 12]);
  });

  test('approve and cancel: the approval is of what was shown, or it is refused', async () => {
    for (let i = 0; i < 5; i++) {
      const { batchId, count, hash, booked } = await prepared(`T-2-${i}`, 2);
      const [approval] = await Promise.all([
        desk.ask('POST', `/notices/batches/${batchId}/approve`, { count, hash }, 'supervisor'),
        cancel(booked[0]!.reservationId),
      ]);
      const batch = (await desk.must('GET', `/notices/batches/${batchId}`)).body;
      expect(batch.count).toBe(1);
      const wasShown = approval.status === 200 ? ['approved', undefined] : ['prepared', 'batch-changed'];
      expect([batch.state, approval.body.slug]).toEqual(wasShown);
      expect(batch.cards.map((card: { withdrawn?: string }) => card.withdrawn).toSorted()).toEqual(['cancelled', undefined]); // prettier-ignore
    }
  });

  test('post the same pile: the post took it once', async () => {
    const { batchId } = await printed('T-3', 3);
    const pile = { postedOn: today, office, count: 3, excludedSerials: [] };
    const both = await Promise.all(
      [1, 2].map(() => desk.ask('POST', `/notices/batches/${batchId}/posted`, pile, 'supervisor')),
    );
    expect(both.map(outcome).toSorted()).toEqual([
      [200, 'posted'],
      [409, 'batch-posted'],
    ]);
    const again = await desk.events();
    expect(again.filter(({ type, data }) => type === 'NoticePosted' && data['batchId'] === batchId)).toHaveLength(3);
  });

  test('the same key answers the same, and no second batch is made', async () => {
    const sessionId = await term.schedule('T-4');
    await term.bookMany(sessionId, 2);
    const key = 'once';
    const body = { sessionIds: [sessionId] };
    const first = await desk.must('POST', '/notices/batches', body, 'operator', { key });
    const second = await desk.must('POST', '/notices/batches', body, 'operator', { key });
    expect(second.body).toEqual(first.body);
  });
});

describe('after the printing', () => {
  test('a cancelled card is pulled out of the pile before anything is posted', async () => {
    const { batchId, booked } = await printed('T-5', 3);
    await cancel(booked[1]!.reservationId);
    const batch = (await desk.must('GET', `/notices/batches/${batchId}`)).body;
    expect(batch.pullList).toEqual([{ serialNo: expect.any(Number), serial: expect.stringMatching(/^B\d+-000\d\/0003$/), reason: 'cancelled' }]); // prettier-ignore
    const [{ serialNo }] = batch.pullList;
    const pile = { postedOn: today, office, count: 2 };
    const early = await desk.ask(
      'POST',
      `/notices/batches/${batchId}/posted`,
      { ...pile, excludedSerials: [] },
      'supervisor',
    );
    expect([early.status, early.body.slug, early.body.serials]).toEqual([409, 'pull-list-open', [serialNo]]);
    await desk.must(
      'POST',
      `/notices/batches/${batchId}/posted`,
      { ...pile, excludedSerials: [serialNo] },
      'supervisor',
    );
    const { postage, paper } = (await desk.must('GET', `/notices/ledger?from=${today}&to=${today}`)).body;
    const entry = postage.find((one: { batchId: string }) => one.batchId === batchId);
    expect(entry).toMatchObject({ count: 2, rateYen: 85, postageYen: 170, office });
    expect(paper).toMatchObject({ used: expect.any(Number), reprintRate: 0 });
  });

  test('serials are printed once more by a second person, and counted as paper', async () => {
    const { batchId } = await printed('T-6', 3);
    const again = { fromSerial: 2, toSerial: 3, reason: 'jam' };
    const same = await desk.ask('POST', `/notices/batches/${batchId}/reprinted`, again);
    expect(outcome(same)).toEqual([403, 'second-person-needed']);
    await desk.must('POST', `/notices/batches/${batchId}/reprinted`, again, 'operator', { account: 'second' });
    const { sheets } = (await desk.must('GET', `/notices/batches/${batchId}`)).body;
    expect(sheets).toEqual({ good: 3, spoiled: 2, used: 5, reprinted: 2 });
  });

  test('what was sent back is due again, and goes into the next batch', async () => {
    const { batchId, sessionId } = await prepared('T-7', 2);
    await desk.must('POST', `/notices/batches/${batchId}/send-back`, { reasonCode: 'wrongText' }, 'supervisor');
    const next = await desk.must('POST', '/notices/batches', { sessionIds: [sessionId] });
    expect(next.body.count).toBe(2);
  });
});

describe('a class that the city changes after its notices were posted', () => {
  test('is told again to everybody, as a replacement', async () => {
    const { batchId, sessionId, booked } = await printed('T-8', 2);
    await desk.must('POST', `/notices/batches/${batchId}/posted`, { postedOn: today, office, count: 2, excludedSerials: [] }, 'supervisor'); // prettier-ignore
    const plan = term.plan('T-8', 500, term.firstDay);
    const dates = [{ ...plan.dates[0]!, startsAt: '13:00', endsAt: '15:00' }];
    const { position } = await desk.must(
      'PUT',
      `/sessions/${sessionId}`,
      { ...plan, dates, confirmAffected: 2 },
      'supervisor',
    );
    await desk.must('GET', '/notices/due', undefined, 'operator', { waitFor: position });
    const { notices } = (await desk.must('GET', `/notices?sessionId=${sessionId}&state=due`)).body;
    expect(notices.map(({ kind }: { kind: string }) => kind)).toEqual(booked.map(() => 'replacement'));
  });
});
