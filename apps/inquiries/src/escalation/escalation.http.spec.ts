import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openInquiriesDesk, type InquiriesDesk } from '../rehearsal/inquiries-desk.js';
import { sessionId, tellSmallPlan } from '../rehearsal/small-plan.js';

let desk: InquiriesDesk;
beforeAll(async () => {
  desk = await openInquiriesDesk();
  await tellSmallPlan(desk, '2099-08-05');
});
afterAll(() => desk?.close());

const contact = { name: '山田 花子', phoneNumber: '011-211-2936' };
const body = { category: 'eligibility', question: '市外にお住まいの方は参加できますか', callbackWanted: true };
const open = (more: object = {}) => desk.ask('POST', '/escalations', { ...body, contact, sessionId, ...more });
const step = (id: string, name: string, what: object = {}, as: 'operator' | 'manager' = 'manager') =>
  desk.ask('POST', `/escalations/${id}/${name}`, what, as);

describe('an escalation (R037)', () => {
  test('goes from the operator over the 責任者 to the city and back to the caller', async () => {
    const opened = await open({ background: '山田様、江別市在住' });
    expect(opened).toMatchObject({ status: 201, body: { state: 'opened', sheetNumber: expect.any(Number) } });
    const { escalationId } = opened.body;
    expect((await step(escalationId, 'confirm')).body.state).toBe('confirmed');
    expect((await step(escalationId, 'send-to-city', { means: 'inbox' })).body.state).toBe('withCity');

    const { questions } = (await desk.read('/city-questions', 'city')).body;
    expect(questions).toEqual([
      expect.objectContaining({
        escalationId,
        question: body.question,
        venueName: '北区民センター',
        sessionCode: 'K-01',
      }),
    ]);
    expect(JSON.stringify(questions)).not.toMatch(/山田|2936|江別/);
    const answer = { instruction: '石狩管内の方は参加できるとお伝えください' };
    expect((await desk.ask('POST', `/city-questions/${escalationId}/answer`, answer, 'city')).body.state).toBe(
      'answered',
    );

    const read = (await desk.read(`/escalations/${escalationId}`)).body;
    expect(read).toMatchObject({ ...answer, contact, background: '山田様、江別市在住', dueAt: expect.any(String) });
    expect(await step(escalationId, 'call-back', { result: 'absent' }, 'operator')).toMatchObject({ status: 200 });
    const told = await step(escalationId, 'call-back', { result: 'told' }, 'operator');
    expect(told.body.state).toBe('closed');
    const { steps, state, result } = (await desk.read(`/escalations/${escalationId}`)).body;
    expect({ state, result }).toEqual({ state: 'closed', result: 'told' });
    expect(steps.map(({ type }: { type: string }) => type.replace('Escalation', ''))).toEqual([
      ...['Opened', 'Confirmed', 'SentToCity', 'Answered', 'CalledBack', 'CalledBack', 'Closed'],
    ]);
    expect(steps.every(({ by, at }: { by?: string; at: string }) => by !== undefined && at !== undefined)).toBe(true);
  });

  test.each([
    ['a name', { question: '山田様は参加できますか' }],
    ['a name in kana width', { question: '山田　花子さんの件' }],
    ['a telephone number', { question: '０１１－２１１－２９３６へ折り返してよいですか' }],
  ])('does not put %s to the city', async (_, more) => {
    expect(await open(more)).toMatchObject({ status: 400, body: { slug: 'names-in-question' } });
  });

  test('says whom to call, or whose reservation it is about', async () => {
    expect(await desk.ask('POST', '/escalations', body)).toMatchObject({ status: 400, body: { slug: 'invalid-body' } });
    expect((await desk.ask('POST', '/escalations', { ...body, callbackWanted: false })).status).toBe(201);
  });

  test('the operator confirms nothing, and the city sees nothing that it was not asked', async () => {
    const { escalationId } = (await open({ question: '駐車場の数は' })).body;
    expect((await step(escalationId, 'confirm', {}, 'operator')).body.slug).toBe('forbidden');
    const { questions } = (await desk.read('/city-questions', 'city')).body;
    expect(JSON.stringify(questions)).not.toContain('駐車場');
    const answer = { instruction: '三台' };
    const early = await desk.ask('POST', `/city-questions/${escalationId}/answer`, answer, 'city');
    expect(early).toMatchObject({ status: 409, body: { slug: 'escalation-step', state: 'opened' } });
    expect((await desk.read('/escalations', 'city')).body.slug).toBe('forbidden');
  });

  test('what the 責任者 told by heart is not shown to the city', async () => {
    const { escalationId } = (await open({ question: '録音はしていますか' })).body;
    await step(escalationId, 'confirm');
    await step(escalationId, 'send-to-city', { means: 'telephone' });
    await step(escalationId, 'answer', {
      instruction: '鈴木様にはお伝え済み',
      answeredBy: 'manager',
      means: 'telephone',
    });
    expect(JSON.stringify((await desk.read('/city-questions', 'city')).body)).not.toContain('鈴木');
  });

  test('the city reads its questions in pages that come to the whole', async () => {
    for (const question of ['筆記用具は要りますか', '付き添いは入れますか']) {
      const { escalationId } = (await open({ question })).body;
      await step(escalationId, 'confirm');
      await step(escalationId, 'send-to-city', { means: 'inbox' });
    }
    const ids = (questions: { escalationId: string }[]) => questions.map(({ escalationId }) => escalationId);
    const whole = ids((await desk.read('/city-questions', 'city')).body.questions);
    const paged: string[] = [];
    for (let after = ''; ;) {
      const { questions, next } = (await desk.read(`/city-questions?limit=1${after}`, 'city')).body;
      paged.push(...ids(questions));
      if (next === undefined) break;
      after = `&after=${next}`;
    }
    expect([whole.length >= 4, paged.toSorted()]).toEqual([true, whole.toSorted()]);
  });

  test('what is past its time stands in the overdue list, what is due first on top', async () => {
    await desk.query(`update cases.escalation set due_at = now() - interval '1 minute'
      where id = (select id from cases.escalation where open order by id limit 1)`);
    const { escalations } = (await desk.read('/escalations?open=true&overdue=true')).body;
    expect(escalations).toHaveLength(1);
    const all = (await desk.read('/escalations?open=true')).body.escalations;
    expect(all[0]).toMatchObject({ escalationId: escalations[0].escalationId, overdue: true });
    const page = (await desk.read('/escalations?limit=1')).body;
    const rest = (await desk.read(`/escalations?after=${page.next}`)).body.escalations;
    expect([...page.escalations, ...rest]).toEqual((await desk.read('/escalations')).body.escalations);
  });
});
