import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dateAt, plusDays } from '#calendar/civil-time.js';
import { openInquiriesDesk, type InquiriesDesk } from '../rehearsal/inquiries-desk.js';
import { tellSmallPlan } from '../rehearsal/small-plan.js';

let desk: InquiriesDesk;
beforeAll(async () => {
  desk = await openInquiriesDesk();
  await tellSmallPlan(desk, '2099-08-05');
});
afterAll(() => desk?.close());

const today = () => dateAt(Date.now());
const text = {
  category: 'venue',
  question: '駐車場はありますか',
  answer: '駐車場はございません。',
  keywords: ['パーキング'],
};
const draft = (more: object = {}, as: 'operator' | 'supervisor' = 'operator') =>
  desk.ask('POST', '/faq', { ...text, ...more }, as);
const step = (faqId: string, name: string, body: object, as: 'operator' | 'supervisor' | 'manager' = 'supervisor') =>
  desk.ask('POST', `/faq/${faqId}/${name}`, body, as);
const hits = async (words: string) => {
  const found = (await desk.ask('POST', '/faq/search', { text: words })).body.hits;
  return found.map(({ faqId }: { faqId: string }) => faqId);
};
/** Searches with a wait for the last command. */
const hitsNow = async (words: string) => {
  await desk.read('/faq?state=published');
  return hits(words);
};

describe('an entry of the FAQ (R018, R019)', () => {
  test('is found once a supervisor who did not write it has published it', async () => {
    const { faqId, version } = (await draft({}, 'supervisor')).body;
    expect(await hitsNow('駐車')).toEqual([]);
    expect((await step(faqId, 'publish', { version }, 'operator')).body.slug).toBe('forbidden');
    expect(await step(faqId, 'publish', { version })).toMatchObject({ status: 403, body: { slug: 'own-draft' } });
    const published = await step(faqId, 'publish', { version }, 'manager');
    expect(published.body).toMatchObject({ publishedVersion: 1, waiting: false });
    expect(await hitsNow('ﾊﾟｰｷﾝｸﾞ')).toEqual([faqId]);
  });

  test('is answered in its old words until the new ones are approved; both stay readable', async () => {
    const { faqId } = (await draft({ question: '録音していますか', answer: 'しておりません。' })).body;
    await step(faqId, 'publish', { version: 1 });
    const rewritten = await desk.ask('PUT', `/faq/${faqId}`, { ...text, question: '録音していますか', answer: 'しております。' }); // prettier-ignore
    expect(rewritten.body).toMatchObject({ version: 2, publishedVersion: 1, waiting: true });
    expect((await step(faqId, 'publish', { version: 1 })).body).toMatchObject({
      slug: 'no-such-draft',
      draftVersion: 2,
    });
    expect((await step(faqId, 'send-back', { version: 2, reasonCode: 'unclear' })).body.waiting).toBe(false);
    await desk.ask('PUT', `/faq/${faqId}`, {
      ...text,
      question: '録音していますか',
      answer: '品質向上のため録音します。',
    });
    await step(faqId, 'publish', { version: 3 });
    const { versions, steps } = (await desk.read(`/faq/${faqId}`)).body;
    expect(versions.map(({ answer }: { answer: string }) => answer)).toEqual([
      ...['しておりません。', 'しております。', '品質向上のため録音します。'],
    ]);
    expect(steps.map(({ type }: { type: string }) => type.replace('Faq', ''))).toEqual([
      ...['Drafted', 'Published', 'Drafted', 'SentBack', 'Drafted', 'Published'],
    ]);
  });

  test('is answered within its days only, and looked at again when its day has come', async () => {
    const past = { question: '夏の部の申し込み', validTo: plusDays(today(), -1) };
    const future = { question: '冬の部の申し込み', validFrom: plusDays(today(), 1) };
    for (const days of [past, future]) {
      const { faqId } = (await draft(days)).body;
      await step(faqId, 'publish', { version: 1 });
    }
    expect(await hitsNow('夏の部の申し込み')).toEqual([]);
    expect((await draft({ ...past, validFrom: today() })).body.slug).toBe('invalid-body');
    const { faqId } = (await draft({ question: '秋の部の申し込み', reviewBy: today() })).body;
    await step(faqId, 'publish', { version: 1 });
    const due = async () =>
      (await desk.read('/faq?toReview=true')).body.entries.map((one: { faqId: string }) => one.faqId);
    expect(await due()).toEqual([faqId]);
    await step(faqId, 'review', { reviewBy: plusDays(today(), 30) });
    expect(await due()).toEqual([]);
    expect((await step(faqId, 'review', { reviewBy: today() })).body.slug).toBe('invalid-body');
  });

  test('is found no more when it is retired, and can be read', async () => {
    const { faqId } = (await draft({ question: '旧会場の行き方' })).body;
    await step(faqId, 'publish', { version: 1 });
    expect(await hitsNow('旧会場')).toEqual([faqId]);
    await step(faqId, 'retire', { reasonCode: 'outdated' });
    expect(await hitsNow('旧会場')).toEqual([]);
    expect((await desk.read('/faq?state=retired')).body.entries).toEqual([
      expect.objectContaining({ faqId, question: '旧会場の行き方', state: 'retired' }),
    ]);
  });

  test.each(['', 'state=published&', 'category=other&'])(
    'is listed in pages that come to the whole: %s',
    async (query) => {
      const whole = (await desk.read(`/faq?${query}`)).body;
      expect(whole.next).toBeUndefined();
      const entries: unknown[] = [];
      for (let after = ''; ;) {
        const page = (await desk.read(`/faq?${query}limit=2${after}`)).body;
        expect(page.entries.length).toBeLessThanOrEqual(2);
        entries.push(...page.entries);
        if (page.next === undefined) break;
        after = `&after=${page.next}`;
      }
      expect(entries).toEqual(whole.entries);
    },
  );

  test('has its number once', async () => {
    expect((await draft({ faqNo: 'A-1' })).status).toBe(201);
    expect((await draft({ faqNo: 'Ａ-１' })).body.slug).toBe('faq-exists');
  });

  test('many are published at once, or none of them', async () => {
    const [one, other] = [(await draft({ question: '一つ目' })).body, (await draft({ question: '二つ目' })).body];
    const wrong = { entries: [one, { ...other, version: 9 }].map(({ faqId, version }) => ({ faqId, version })) };
    expect((await desk.ask('POST', '/faq/publish', wrong, 'supervisor')).body.slug).toBe('no-such-draft');
    expect((await desk.read(`/faq/${one.faqId}`)).body.waiting).toBe(true);
    const right = { entries: [one, other].map(({ faqId, version }) => ({ faqId, version })) };
    expect((await desk.ask('POST', '/faq/publish', right, 'supervisor')).body).toEqual({ published: 2 });
  });

  test('that answered a caller is counted with the version that was read out', async () => {
    const { faqId } = (await draft({ question: '傘は置けますか' })).body;
    const asked = { category: 'venue', outcome: 'answered', faqId };
    expect((await desk.ask('POST', '/inquiries', asked)).body.slug).toBe('not-published');
    await step(faqId, 'publish', { version: 1 });
    const { inquiryId } = (await desk.ask('POST', '/inquiries', asked)).body;
    const [event] = await desk.query(`select data -> 'faq' as faq from events where stream = $1`, [
      `inquiry-${inquiryId}`,
    ]);
    expect(event).toEqual({ faq: { faqId, version: 1 } });
  });
});

describe('a question that no entry answers (R019)', () => {
  const ask = () =>
    desk.ask('POST', '/inquiries', { category: 'support', outcome: 'referred', unlisted: '手話通訳はつきますか' });
  const candidates = async () => (await desk.read('/faq/candidates')).body.candidates;

  test('is a candidate when it was asked five times in the term, with its words and its weeks', async () => {
    for (let times = 1; times <= 4; times++) await ask();
    expect((await candidates())[0]).toMatchObject({ timesAsked: 4, candidate: false, category: 'support' });
    const { unlistedTopicId } = (await ask()).body;
    const [first] = await candidates();
    expect(first).toMatchObject({ unlistedTopicId, words: '手話通訳はつきますか', timesAsked: 5, candidate: true });
    expect(first.weeks).toEqual([{ from: expect.any(String), timesAsked: 5 }]);
  });

  test('dismissed it rests, and five times more it is one again; answered it is none', async () => {
    const { unlistedTopicId } = (await ask()).body;
    await desk.ask('POST', `/faq/candidates/${unlistedTopicId}/dismiss`, {}, 'supervisor');
    expect((await candidates())[0]).toMatchObject({ timesAsked: 6, candidate: false });
    for (let times = 1; times <= 5; times++) await ask();
    expect((await candidates())[0]).toMatchObject({ timesAsked: 11, candidate: true });
    const { faqId } = (await draft({ question: '手話通訳', unlistedTopicId })).body;
    expect((await candidates())[0]).toMatchObject({ candidate: false, faqId });
  });

  test('its words are for designated handlers of the desk', async () => {
    expect((await desk.read('/faq/candidates', 'city')).body.slug).toBe('forbidden');
  });
});
