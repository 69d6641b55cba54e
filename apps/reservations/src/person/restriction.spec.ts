import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openRehearsalDesk, type RehearsalDesk } from '../rehearsal/rehearsal-desk.js';
import { applicant, openSmallTerm, type SmallTerm } from '../rehearsal/small-term.js';

type Who = 'operator' | 'supervisor' | 'manager';

let desk: RehearsalDesk;
let term: SmallTerm;
beforeAll(async () => {
  desk = await openRehearsalDesk();
  term = await openSmallTerm(desk);
});
afterAll(() => desk?.close());

let nth = 300;
/** Somebody with a booking, who hides; and a session with room. */
let hidden: { who: object; personId: string; reservationId: string; receiptNumber: string };
let sessionId: string;
beforeEach(async () => {
  const who = applicant(++nth);
  const first = await term.schedule(`R-${nth}`, 5);
  const { body } = await desk.ask('POST', '/reservations', { sessionId: first, attendees: [{ applicant: who }] });
  hidden = { who, ...body.reservations[0] };
  await restrict(true);
  sessionId = await term.schedule(`R-${nth}b`, 5);
});
const restrict = (restricted: boolean) =>
  desk.ask('POST', `/persons/${hidden.personId}/restrict`, { restricted }, 'supervisor');
const book = (attendees: object[], as: Who = 'operator') =>
  desk.ask('POST', '/reservations', { sessionId, attendees }, as);
const lastSeen = async () => (await desk.ask('GET', '/access-log?limit=500', undefined, 'auditor')).body.entries.at(-1);

const HANDED_OVER = {
  status: 403,
  body: { slug: 'cannot-tell', reason: 'restricted', detail: expect.stringContaining('スーパーバイザーに引き継いで') },
};
function toldNothing(body: object): void {
  const said = JSON.stringify(body);
  for (const id of [hidden.personId, hidden.reservationId, hidden.receiptNumber]) expect(said).not.toContain(id);
}

describe('an operator who books learns nothing of somebody under 照会制限 (§8.10)', () => {
  test('the same telephone and kana names nobody; it is for the supervisor, who sees who it is', async () => {
    const asked = await book([{ applicant: hidden.who }]);
    expect(asked).toMatchObject({
      status: 409,
      body: { slug: 'possible-duplicate', candidates: [], restricted: true, detail: expect.stringContaining('supervisor') }, // prettier-ignore
    });
    toldNothing(asked.body);
    for (const as of ['supervisor', 'manager'] as const) {
      expect((await book([{ applicant: hidden.who }], as)).body).toMatchObject({
        candidates: [{ personId: hidden.personId }],
      });
    }
  });

  test('others who are alike are named beside', async () => {
    const other = { applicant: hidden.who, duplicateDecision: 'household' };
    const { personId } = (await book([other])).body.reservations[0];
    const asked = await book([{ applicant: hidden.who }]);
    expect(asked.body).toMatchObject({ candidates: [{ personId }], restricted: true });
    toldNothing(asked.body);
  });

  test('to say that it is the same person, or to know the id, is refused; the access log says so', async () => {
    const wishes = [
      { applicant: hidden.who, duplicateDecision: 'samePerson' },
      { personId: hidden.personId },
      { personId: hidden.personId, applicant: applicant(++nth) },
    ];
    for (const wish of wishes) {
      const asked = await book([wish]);
      expect(asked).toMatchObject(HANDED_OVER);
      toldNothing(asked.body);
      expect(await lastSeen()).toMatchObject({
        ...{ action: 'disclose', purpose: 'booking', subjects: [hidden.personId], outcome: 'restricted' },
      });
    }
    expect(await book([{ personId: hidden.personId }], 'supervisor')).toMatchObject({ status: 201 });
    await restrict(false);
    expect(await book([{ personId: hidden.personId }])).toMatchObject({ body: { slug: 'already-reserved' } });
  });
});

describe('an operator who knows the reservation of somebody under 照会制限 (§8.10)', () => {
  const doors: [name: string, method: string, path: string, body: () => object | undefined, purpose: string][] = [
    ['reads', 'GET', '', () => undefined, 'inquiry'],
    ['asks for the household of', 'GET', '/household', () => undefined, 'household'],
    ['moves', 'POST', '/move', () => ({ toSessionId: sessionId }), 'change'],
    ['corrects', 'PATCH', '/applicant', () => ({ building: '新館' }), 'correction'],
    ['writes a note and cancels', 'POST', '/cancel', () => ({ reasonCode: 'schedule', note: '本人より' }), 'change'],
  ];
  test.each(doors)('%s it in vain; the supervisor does', async (_, method, path, body, purpose) => {
    const ask = (as: Who) => desk.ask(method, `/reservations/${hidden.reservationId}${path}`, body(), as);
    const asked = await ask('operator');
    expect(asked).toMatchObject(HANDED_OVER);
    toldNothing(asked.body);
    expect(await lastSeen()).toMatchObject({ purpose, subjects: [hidden.personId], outcome: 'restricted' });
    expect(await ask('supervisor')).toMatchObject({ status: 200 });
  });
});
