import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { plusDays } from '#calendar/civil-time.js';
import { BatchSteps } from '../rehearsal/batch-steps.js';
import { NoticesDesk } from '../rehearsal/notices-desk.js';
import { SmallTerm, type Booked } from '../rehearsal/small-term.js';

let desk: NoticesDesk;
let term: SmallTerm;
let steps: BatchSteps;
beforeAll(async () => {
  desk = await NoticesDesk.open();
  term = await SmallTerm.open(desk);
  steps = new BatchSteps(desk, term);
});
afterAll(() => desk.close());

/** What the desk owes a reservation by post: state, kind and why, in the order in which it became due. */
async function told(reservationId: string): Promise<string[]> {
  const { notices } = (await desk.must('GET', `/notices?reservationId=${reservationId}`)).body;
  return notices.map(({ state, kind, reason }: Record<string, string>) => [state, kind, reason].filter(Boolean).join(' ')); // prettier-ignore
}
const correct = async (reservationId: string, changes: object) => {
  await steps.heard((await desk.must('PATCH', `/reservations/${reservationId}/applicant`, changes)).position);
};
const change = async (path: string, body: object) => {
  const answer = await desk.must('PUT', path, body, 'supervisor');
  await steps.heard(answer.position);
  return answer.body;
};
const batch = async (batchId: string) => (await desk.must('GET', `/notices/batches/${batchId}`)).body;
async function wordsOf(batchId: string): Promise<string> {
  const { bytes } = await desk.must('GET', `/notices/batches/${batchId}/notices.docx`);
  return strFromU8(unzipSync(bytes)['word/document.xml']!);
}

describe('an address that was wrong (§8.6)', () => {
  const moved = { town: '北十条西', chome: '1', blockLot: '2番3号', postalCode: '0010010' };
  const phoneNumber = '0115550001';

  test('is corrected for the household: cards not posted are made anew, an approved batch offers a difference batch', async () => {
    const sessionId = await term.schedule('C-1');
    const hanako = await term.book(sessionId, { phoneNumber });
    const taro = await term.book(sessionId, { phoneNumber });
    const other = await term.book(sessionId);
    const made = await steps.prepareAll(sessionId);
    await steps.approve(made);

    const household = await desk.must('GET', `/reservations/${hanako.reservationId}/household`);
    const offered: string[] = household.body.reservations.map((one: Booked) => one.reservationId);
    expect(offered).toEqual([taro.reservationId]);
    for (const reservationId of [hanako.reservationId, ...offered]) await correct(reservationId, moved);

    for (const one of [hanako, taro]) expect(await told(one.reservationId)).toEqual(['voided first corrected', 'due first']); // prettier-ignore
    expect(await told(other.reservationId)).toEqual(['drafted first']);
    const left = await batch(made.batchId);
    expect([left.state, left.count, left.difference.noticeIds.length]).toEqual(['approved', 1, 2]);
    const difference = (await desk.must('POST', '/notices/batches', left.difference)).body;
    await steps.approve(difference);
    const words = await wordsOf(difference.batchId);
    expect(words.match(/B\d+-\d{4}\/0002/g)).toHaveLength(2);
  });

  test('is wrong on every card of the person: those of other sessions are made anew with it', async () => {
    const [one, two] = [await term.schedule('C-2'), await term.schedule('C-3')];
    const first = await term.book(one);
    const again = { personId: first.personId };
    const answer = await desk.must('POST', '/reservations', { sessionId: two, attendees: [again] });
    await steps.heard(answer.position);
    const [second] = answer.body.reservations as Booked[];
    expect(second!.personId).toBe(first.personId);
    for (const sessionId of [one, two]) await steps.prepareAll(sessionId);
    await correct(first.reservationId, moved);
    for (const { reservationId } of [first, second!]) {
      expect(await told(reservationId)).toEqual(['voided first corrected', 'due first']);
    }
  });

  test('on a card that is printed is pulled out; on one that is posted, a 差し替え is due', async () => {
    const printed = await steps.printed('C-4', 2);
    const posted = await steps.posted('C-5', 1);
    await correct(printed.booked[0]!.reservationId, moved);
    await correct(posted.booked[0]!.reservationId, moved);
    expect((await batch(printed.batchId)).pullList).toMatchObject([{ reason: 'corrected' }]);
    expect(await told(printed.booked[0]!.reservationId)).toEqual(['voided first corrected', 'due first']);
    expect(await told(posted.booked[0]!.reservationId)).toEqual(['reissued first', 'due replacement']);
  });

  test('a telephone number stands on no card: nothing is made anew', async () => {
    const { booked } = await steps.prepared('C-6', 1);
    await correct(booked[0]!.reservationId, { phoneNumber: '0115550009' });
    expect(await told(booked[0]!.reservationId)).toEqual(['drafted first']);
  });
});

describe('what the city changes (§8.14)', () => {
  const venue = { name: '北区民センター1', ward: '北区', wardCode: '01102', address: '札幌市北区北25条西6丁目' };

  test.each([
    ['the way to a venue', '西口が工事中です。北口からお入りください。', (text: string) => change(`/venues/${term.venueId}`, { ...venue, access: text })], // prettier-ignore
    ['what to bring to a course', 'めがね、筆記用具', (text: string) => change(`/courses/${term.courseId}`, { title: 'はじめてのスマホ1', bringAlong: text })], // prettier-ignore
  ])('%s: drafted cards are made anew with it, posted ones are replaced (差し替え)', async (name, text, say) => {
    const code = name.includes('venue') ? 'V' : 'W';
    const drafted = await steps.prepared(`${code}-1`, 2);
    const posted = await steps.posted(`${code}-2`, 2);
    await say(text);
    for (const { reservationId } of drafted.booked) expect(await told(reservationId)).toEqual(['due first']);
    for (const { reservationId } of posted.booked) expect(await told(reservationId)).toEqual(['reissued first', 'due replacement']); // prettier-ignore
    for (const { sessionId } of [drafted, posted]) {
      const made = await steps.prepareAll(sessionId);
      await steps.approve(made);
      expect(await wordsOf(made.batchId)).toContain(text);
    }
  });

  test('where cars are left, or for whom a course is: no card says so, and none is made anew', async () => {
    const course = { title: 'はじめてのスマホ1', bringAlong: '筆記用具' };
    await change(`/venues/${term.venueId}`, venue);
    await change(`/courses/${term.courseId}`, course);
    const { booked } = await steps.posted('V-3', 1);
    await change(`/venues/${term.venueId}`, { ...venue, parking: '12台' });
    await change(`/courses/${term.courseId}`, { ...course, audience: '60歳以上' });
    expect(await told(booked[0]!.reservationId)).toEqual(['posted first']);
  });

  test('another time or place: drafted anew, printed pulled out, posted replaced, and everybody on the 一斉連絡 list', async () => {
    const drafted = await steps.prepared('T-1', 1);
    const printed = await steps.printed('T-2', 1);
    const posted = await steps.posted('T-3', 1);
    const revise = async (code: string, { sessionId, booked }: typeof drafted) => {
      const dates = [{ date: plusDays(term.firstDay, 1), startsAt: '13:30', endsAt: '15:30' }];
      const plan = { ...term.plan(code, 500), dates };
      const unseen = await desk.ask('PUT', `/sessions/${sessionId}`, plan, 'supervisor');
      expect([unseen.status, unseen.body.slug]).toEqual([409, 'confirmation-needed']);
      const confirmed = { ...plan, confirmAffected: booked.length };
      const { contactListId } = await change(`/sessions/${sessionId}`, confirmed);
      const list = (await desk.must('GET', `/contact-lists/${contactListId}`, undefined, 'supervisor')).body;
      expect(list).toMatchObject({ cause: 'dates', entries: [{ reservationId: booked[0]!.reservationId }] });
      return told(booked[0]!.reservationId);
    };
    expect(await revise('T-1', drafted)).toEqual(['due first']);
    expect(await revise('T-2', printed)).toEqual(['voided first sessionRevised', 'due first']);
    expect(await revise('T-3', posted)).toEqual(['reissued first', 'due replacement']);
    expect((await batch(printed.batchId)).pullList).toMatchObject([{ reason: 'sessionRevised' }]);
    const made = await steps.prepareAll(posted.sessionId);
    await steps.approve(made);
    const words = await wordsOf(made.batchId);
    expect(words).toContain('差し替え');
    // Asking for papers of the batch before sends nobody another card
    await steps.print(made);
    await steps.post(made);
    const before = await told(posted.booked[0]!.reservationId);
    const old = await desk.ask('GET', `/notices/batches/${posted.batchId}/notices.docx`);
    expect([old.status, old.body.slug]).toEqual([409, 'batch-posted']);
    expect(await told(posted.booked[0]!.reservationId)).toEqual(before);
    expect(words).toMatch(/午後１時30分|午後1時30分|午後１時３０分/);
  });
});
