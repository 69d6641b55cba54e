import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dateAt } from '#calendar/civil-time.js';
import { NoticesDesk } from '../rehearsal/notices-desk.js';
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

describe('from the booking to the letterbox, and back', () => {
  test('a booking is due, drafted, approved by somebody else, printed, posted, returned and sent again', async () => {
    const sessionId = await term.schedule('S-1');
    const booked = await term.bookMany(sessionId, 3);
    const due = await desk.must('GET', `/notices?state=due&sessionId=${sessionId}`);
    expect(due.body.notices.map((one: { reservationId: string }) => one.reservationId).sort()).toEqual(
      booked.map(({ reservationId }) => reservationId).sort(),
    );

    const { batchId, count, hash } = (await desk.must('POST', '/notices/batches', { sessionIds: [sessionId] })).body;
    expect(count).toBe(3);
    const own = await desk.ask('POST', `/notices/batches/${batchId}/approve`, { count, hash }, 'supervisor', { account: 'operator' }); // prettier-ignore
    expect([own.status, own.body.slug]).toEqual([403, 'own-batch']);
    await desk.must('POST', `/notices/batches/${batchId}/approve`, { count, hash }, 'supervisor');
    await desk.must('POST', `/notices/batches/${batchId}/printed`, { good: 3, spoiled: 1 });
    const posting = { postedOn: today, office, count: 3, excludedSerials: [], receiptNumber: '受-1' };
    await desk.must('POST', `/notices/batches/${batchId}/posted`, posting, 'supervisor');

    const batch = (await desk.must('GET', `/notices/batches/${batchId}`)).body;
    expect(batch).toMatchObject({ state: 'posted', count: 3, sheets: { good: 3, spoiled: 1, used: 4 } });
    expect(batch.posting).toMatchObject({ count: 3, rateYen: 85, postageYen: 255, receiptNumber: '受-1' });

    const [{ noticeId, reservationId }] = batch.cards;
    const waiting = (await desk.must('GET', `/notices/${noticeId}/arrival`)).body;
    expect(waiting).toMatchObject({ advice: 'wait', postedOn: today });
    expect(waiting.words).toMatch(
      /^令和.+にお出ししました。令和.+ごろのお届け見込みです。もうしばらくお待ちください。$/,
    );
    const early = await desk.ask('POST', `/notices/${noticeId}/reissue`, {});
    expect([early.status, early.body.slug]).toEqual([409, 'still-expected']);

    await desk.must('POST', `/notices/${noticeId}/returned`, { reason: 'unknownAddress' });
    const again = await desk.ask('POST', `/notices/${noticeId}/returned`, { reason: 'unknownAddress' });
    expect([again.status, again.body.slug]).toEqual([409, 'notice-returned']);
    const { newNoticeId } = (await desk.must('POST', `/notices/${noticeId}/reissue`)).body;
    const all = (await desk.must('GET', `/notices?reservationId=${reservationId}`)).body.notices;
    expect(all).toMatchObject([
      { noticeId, state: 'reissued', reissuedAs: newNoticeId },
      { noticeId: newNoticeId, state: 'due', kind: 'reissue', replaces: noticeId },
    ]);
  });
});
