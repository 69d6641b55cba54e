import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dateAt, plusDays } from '#calendar/civil-time.js';
import { newId } from '#kernel/ids.js';
import { NoticesDesk } from '../rehearsal/notices-desk.js';
import { postingSettings, SmallTerm } from '../rehearsal/small-term.js';

let desk: NoticesDesk;
let term: SmallTerm;
beforeAll(async () => {
  desk = await NoticesDesk.open();
  term = await SmallTerm.open(desk, 1, null);
});
afterAll(() => desk.close());

const today = dateAt(Date.now());

describe('while the caller is on the line', () => {
  test('nothing is promised before the desk has agreed how it posts', async () => {
    const sessionId = await term.schedule('E-0');
    await term.book(sessionId).catch(() => undefined);
    const answer = await desk.ask('GET', `/notices/expectation?sessionId=${sessionId}`);
    expect([answer.status, answer.body.slug]).toEqual([409, 'posting-settings-missing']);
    const { notices } = (await desk.must('GET', `/notices?sessionId=${sessionId}`)).body;
    expect(notices).toMatchObject([{ state: 'due' }]);
    expect(notices[0]).not.toHaveProperty('lane');
    await desk.must('POST', '/notices/posting-settings', postingSettings, 'supervisor');
  });

  test.each([
    ['a class in a month', 'normal', '通常', 30],
    ['a class this week', 'tooLate', '受講日前日までに届かない', 1],
  ])('%s: %s', async (_, lane, laneName, days) => {
    const sessionId = await term.schedule(`E-${lane}`, 5, plusDays(today, days));
    const { body } = await desk.must('GET', `/notices/expectation?sessionId=${sessionId}`);
    expect(body).toMatchObject({ sessionId, lane, laneName });
    for (const field of ['arriveBy', 'postBy', 'predictedArrival']) expect(body[field]).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(body.reasons.at(-1)).toMatch(new RegExp(`^${laneName}：`));
  });

  test('of a class that is not there', async () => {
    const answer = await desk.ask('GET', `/notices/expectation?sessionId=${newId()}`);
    expect([answer.status, answer.body.slug]).toEqual([404, 'not-found']);
  });
});

describe('a booking that comes too late (直前受付, §8.2)', () => {
  test('stands on its own list, is read out, and goes by telephone or express as the supervisor says', async () => {
    const sessionId = await term.schedule('L-1', 5, plusDays(today, 1));
    for (let i = 0; i < 2; i++) await term.book(sessionId);
    const late = (await desk.must('GET', '/notices?lane=tooLate&state=due')).body.notices;
    const [byTelephone, byExpress] = late.filter((one: { sessionId: string }) => one.sessionId === sessionId);
    const handling = (noticeId: string, body: object, as: 'operator' | 'supervisor' = 'supervisor') =>
      desk.ask('POST', `/notices/${noticeId}/handling`, body, as);
    expect((await handling(byTelephone.noticeId, { handling: 'telephone' }, 'operator')).status).toBe(403);
    const bare = await handling(byTelephone.noticeId, { handling: 'telephone' });
    expect([bare.status, bare.body.slug]).toEqual([422, 'agreement-needed']);
    expect((await handling(byTelephone.noticeId, { handling: 'telephone', agreementNumber: '協-7' })).status).toBe(200);
    expect((await handling(byExpress.noticeId, { handling: 'express' })).status).toBe(200);
    await desk.must('POST', `/notices/${byTelephone.noticeId}/read-out`);

    const prepared = (await desk.must('POST', '/notices/batches', { sessionIds: [sessionId] })).body;
    expect(prepared).toMatchObject({ count: 1, leftOut: [{ noticeId: byTelephone.noticeId, reason: 'byTelephone' }] });
    const { batchId, count, hash } = prepared;
    const batch = (await desk.must('GET', `/notices/batches/${batchId}`, undefined, 'supervisor')).body;
    expect(batch.cards[0]).toMatchObject({ noticeId: byExpress.noticeId, warnings: ['tooLate'] });
    await desk.must('POST', `/notices/batches/${batchId}/approve`, { count, hash }, 'supervisor');
    await desk.must('POST', `/notices/batches/${batchId}/printed`, { good: 1, spoiled: 0 });
    const pile = { postedOn: today, office: '札幌中央郵便局', count: 1, excludedSerials: [] };
    await desk.must('POST', `/notices/batches/${batchId}/posted`, pile, 'supervisor');
    const { posting } = (await desk.must('GET', `/notices/batches/${batchId}`)).body;
    expect(posting).toMatchObject({ rateYen: 85, postageYen: 385 });
    const [told] = (await desk.must('GET', `/notices?sessionId=${sessionId}&state=due`)).body.notices;
    expect(told).toMatchObject({ handling: 'telephone', agreementNumber: '協-7', readOut: true });
  });
});

describe('a notice that arrives before the class but not a week before (1週間前に間に合わない)', () => {
  test('is told so at the telephone, stands on its list and on its card, and goes by post', async () => {
    const far = await term.schedule('M-0', 5, plusDays(today, 40));
    const { predictedArrival } = (await desk.must('GET', `/notices/expectation?sessionId=${far}`)).body;
    const laneOn = async (code: string, date: string) => {
      const sessionId = await term.schedule(code, 5, date);
      return { sessionId, ...(await desk.must('GET', `/notices/expectation?sessionId=${sessionId}`)).body };
    };
    expect((await laneOn('M-1', predictedArrival)).lane).toBe('tooLate');
    const { sessionId, lane, laneName } = await laneOn('M-2', plusDays(predictedArrival, 1));
    expect([lane, laneName]).toEqual(['late', '1週間前に間に合わない']);

    const { reservationId } = await term.book(sessionId);
    const late = (await desk.must('GET', '/notices?lane=late&state=due')).body.notices;
    expect(late).toMatchObject([{ reservationId, lane: 'late', predictedArrival, handling: 'post' }]);
    const { sessions } = (await desk.must('GET', '/notices/due')).body;
    expect(sessions.filter((one: { lane: string }) => one.lane === 'late')).toMatchObject([{ sessionId, due: 1 }]);
    const { batchId, count } = (await desk.must('POST', '/notices/batches', { sessionIds: [sessionId] })).body;
    const { cards } = (await desk.must('GET', `/notices/batches/${batchId}`)).body;
    expect([count, cards[0].warnings]).toEqual([1, ['late']]);
  });
});

describe('the board of what is due (R021)', () => {
  test('lets go of what is told by telephone only once it is read out: nothing of it is posted', async () => {
    const sessionId = await term.schedule('G-0', 5, plusDays(today, 1));
    const { reservationId } = await term.book(sessionId);
    const [{ noticeId }] = (await desk.must('GET', `/notices?reservationId=${reservationId}`)).body.notices;
    const onBoard = async () => {
      const { sessions } = (await desk.must('GET', '/notices/due')).body;
      const found = sessions.filter((one: { sessionId: string }) => one.sessionId === sessionId);
      return found.map(({ due, toReadOut }: { due: number; toReadOut: number }) => [due, toReadOut]);
    };
    expect(await onBoard()).toEqual([[1, 0]]);
    const telephone = { handling: 'telephone', agreementNumber: '協-7' };
    await desk.must('POST', `/notices/${noticeId}/handling`, telephone, 'supervisor');
    expect(await onBoard()).toEqual([[0, 1]]);
    await desk.must('POST', `/notices/${noticeId}/read-out`);
    expect(await onBoard()).toEqual([]);
    await desk.must('POST', `/notices/${noticeId}/handling`, { handling: 'post' }, 'supervisor');
    expect(await onBoard()).toEqual([[1, 0]]);
  });

  test('shows the soonest first, with why, and can be cut to a day', async () => {
    const soon = await term.schedule('G-1', 5, plusDays(today, 12));
    const later = await term.schedule('G-2', 5, plusDays(today, 40));
    for (const sessionId of [soon, later]) await term.book(sessionId);
    const { sessions } = (await desk.must('GET', '/notices/due')).body;
    const of = (id: string) => sessions.find(({ sessionId }: { sessionId: string }) => sessionId === id);
    expect(sessions.map(({ postBy }: { postBy: string }) => postBy)).toEqual(sessions.map(({ postBy }: { postBy: string }) => postBy).toSorted()); // prettier-ignore
    expect(of(later)).toMatchObject({ due: 1, urgency: 'later', reasons: expect.arrayContaining([expect.stringMatching(/^お届け期限/)]) }); // prettier-ignore
    const { notices } = (await desk.must('GET', `/notices?postBy=${of(soon).postBy}`)).body;
    const found = new Set(notices.map(({ sessionId }: { sessionId: string }) => sessionId));
    expect([found.has(soon), found.has(later)]).toEqual([true, false]);
  });
});
