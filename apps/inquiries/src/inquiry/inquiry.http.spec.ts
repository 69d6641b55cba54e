import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dateAt } from '#calendar/civil-time.js';
import { openInquiriesDesk, type InquiriesDesk } from '../rehearsal/inquiries-desk.js';
import { termId } from '../rehearsal/reception-term.js';
import { sessionId, tellSmallPlan } from '../rehearsal/small-plan.js';

let desk: InquiriesDesk;
beforeAll(async () => {
  desk = await openInquiriesDesk();
  await tellSmallPlan(desk, '2099-08-05');
});
afterAll(() => desk?.close());

const today = () => dateAt(Date.now());
const record = (more: object = {}) =>
  desk.ask('POST', '/inquiries', { category: 'venue', outcome: 'answered', ...more });
const days = async () => (await desk.read(`/inquiries/days?from=${today()}&to=${today()}`)).body.days;

describe('an inquiry', () => {
  test('is recorded with category and outcome, and counted on its day (R016, R036)', async () => {
    const answered = await record({ sessionId, note: '山田花子様より、車いすで入れるか' });
    expect(answered).toMatchObject({ status: 201, body: { firstContactResolution: true } });
    expect((await record({ outcome: 'escalated' })).body.firstContactResolution).toBe(false);
    const day = { date: today(), category: 'venue', recorded: 2, tallied: 0, resolvedAtFirstContact: 1 };
    expect(await days()).toEqual([day]);
    const { inquiryId } = answered.body;
    const note = await desk.read(`/inquiries/${inquiryId}/note`);
    expect(note.body).toEqual({ note: '山田花子様より、車いすで入れるか' });
    const [seen] = await desk.query(`select purpose, subjects from access_log order by n desc limit 1`);
    expect(seen).toMatchObject({ purpose: 'inquiry', subjects: [inquiryId] });
  });

  test('its words stand in no event and in no table in plain', async () => {
    await record({ note: '標茶町の高橋様', unlisted: '標茶町から通えるか' });
    const [{ plain }] = (await desk.query(`
      select count(*)::int as plain from (
        select data::text as text from events union all select row_to_json(n)::text from answer_note n
        union all select row_to_json(i)::text from inquiry_book.inquiry i) t where text like '%標茶町%'`)) as [
      { plain: number },
    ];
    expect(plain).toBe(0);
  });

  test('sent twice under one key it is one; another body under the key is told', async () => {
    const body = { category: 'access', outcome: 'answered', note: '地下鉄の駅から' };
    const first = await desk.ask('POST', '/inquiries', body, 'operator', 'same');
    expect((await desk.ask('POST', '/inquiries', body, 'operator', 'same')).body).toEqual(first.body);
    const other = await desk.ask('POST', '/inquiries', { ...body, note: 'バスで' }, 'operator', 'same');
    expect(other).toMatchObject({ status: 422, body: { slug: 'idempotency-key-reused' } });
  });

  test('no entry of the FAQ answers: the same question has the same id, whatever its width and its ending', async () => {
    const asked = ['ﾀﾌﾞﾚｯﾄでも受けられますか？', 'タブレットでも受けられますか', 'たぶれっとでも、受けられますか。'];
    const ids = [];
    for (const unlisted of asked) ids.push((await record({ unlisted })).body.unlistedTopicId);
    expect(new Set(ids).size).toBe(1);
    expect((await record({ unlisted: '補聴器の貸し出し' })).body.unlistedTopicId).not.toBe(ids[0]);
  });

  test('gets another category when it was entered wrongly', async () => {
    const { inquiryId } = (await record({ category: 'other' })).body;
    const corrected = await desk.ask('PATCH', `/inquiries/${inquiryId}`, { category: 'privacy', handover: true });
    expect(corrected.status).toBe(200);
    const { inquiries } = (await desk.read(`/inquiries?date=${today()}&category=privacy`)).body;
    expect(inquiries).toEqual([expect.objectContaining({ inquiryId, handover: true, stage: 'recorded' })]);
  });

  test.each([
    ['without an outcome', { category: 'venue' }, 400, 'invalid-body'],
    ['of an unknown category', { category: 'weather', outcome: 'answered' }, 400, 'invalid-body'],
    ['of tomorrow', { category: 'venue', outcome: 'answered', receivedAt: '2999-01-01T00:00:00Z' }, 400, 'not-yet-received'], // prettier-ignore
    ['answered by an entry that is none', { category: 'venue', outcome: 'answered', faqId: termId }, 409, 'not-published'], // prettier-ignore
  ])('%s is refused', async (_, body, status, slug) => {
    expect(await desk.ask('POST', '/inquiries', body)).toMatchObject({ status, body: { slug } });
  });
});

describe('a tally', () => {
  test('is one key and one count, and is taken back on its day (R040)', async () => {
    const one = await desk.ask('POST', '/inquiries/tally', { category: 'belongings' });
    expect(one.status).toBe(201);
    await desk.ask('POST', '/inquiries/tally', { category: 'belongings' });
    const counted = async () => (await days()).find(({ category }: { category: string }) => category === 'belongings');
    expect(await counted()).toMatchObject({ tallied: 2, recorded: 0 });
    expect((await desk.ask('POST', `/inquiries/${one.body.inquiryId}/undo`)).status).toBe(200);
    expect(await counted()).toMatchObject({ tallied: 1 });
  });

  test('of last month stays', async () => {
    const body = { category: 'belongings', receivedAt: '2025-07-11T10:00:00+09:00' };
    const { inquiryId } = (await desk.ask('POST', '/inquiries/tally', body)).body;
    expect((await desk.ask('POST', `/inquiries/${inquiryId}/undo`)).body.slug).toBe('tally-closed');
    const july = (await desk.read('/inquiries/days?from=2025-07-11&to=2025-07-11')).body.days;
    expect(july).toEqual([expect.objectContaining({ category: 'belongings', tallied: 1 })]);
  });
});

test('the city counts along, and reads nothing', async () => {
  expect((await desk.read(`/inquiries/days?from=${today()}&to=${today()}`, 'city')).status).toBe(200);
  expect((await desk.read(`/inquiries?date=${today()}`, 'city')).body.slug).toBe('forbidden');
  expect((await desk.ask('POST', '/inquiries/tally', { category: 'venue' }, 'city')).body.slug).toBe('forbidden');
});
