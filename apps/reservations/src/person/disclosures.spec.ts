import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openRehearsalDesk, type RehearsalDesk } from '../rehearsal/rehearsal-desk.js';
import { applicant, openSmallTerm, type SmallTerm } from '../rehearsal/small-term.js';

let desk: RehearsalDesk;
let term: SmallTerm;
beforeAll(async () => {
  desk = await openRehearsalDesk();
  term = await openSmallTerm(desk);
});
afterAll(() => desk?.close());

let nth = 100;
async function booked(sessionCode: string, who: object = applicant(++nth), more: object = {}) {
  const sessionId = await term.schedule(sessionCode, 5);
  const { body } = await desk.ask('POST', '/reservations', { sessionId, attendees: [{ applicant: who }], ...more });
  return { sessionId, ...(body.reservations[0] as { reservationId: string; receiptNumber: string; personId: string }) };
}
const search = (body: object, as: 'operator' | 'supervisor' = 'operator') =>
  desk.ask('POST', '/reservations/search', { purpose: 'change', ...body }, as);
const accessLog = async () => (await desk.ask('GET', '/access-log?limit=500', undefined, 'auditor')).body.entries;

describe('finding a booking while somebody is on the line', () => {
  test('by telephone however it is said, by the beginning of the kana, by receipt number, by session', async () => {
    const who = applicant(++nth, { familyNameKana: 'ワタナベ', familyName: '渡邉', phoneNumber: '090-1111-2222' });
    const { reservationId, receiptNumber, sessionId } = await booked('S-1', who);
    const hit = {
      status: 200,
      body: { reservations: [{ reservationId, maskedName: expect.stringMatching(/^ワ＊＊＊ /) }] },
    };
    expect(await search({ phoneNumber: '０９０（１１１１）２２２２' })).toMatchObject(hit);
    expect(await search({ kana: 'わたな' })).toMatchObject(hit);
    expect(await search({ kana: 'ﾜﾀﾅﾍﾞ' })).toMatchObject(hit);
    const said = `${receiptNumber.slice(0, 4)} ${receiptNumber.slice(4)}`;
    expect(await search({ receiptNumber: said })).toMatchObject(hit);
    expect(await search({ sessionId })).toMatchObject(hit);
    expect((await search({ kana: 'ワタナカ' })).body.reservations).toEqual([]);
  });

  test('a misheard receipt number is told by its check digit; nothing asked is nothing found', async () => {
    expect(await search({ receiptNumber: '27182810' })).toMatchObject({ status: 400, body: { slug: 'invalid-body' } });
    expect(await search({})).toMatchObject({ status: 400, body: { fields: [{ rules: ['oneOfFour'] }] } });
  });

  test('every search is in the access log before it is answered: whom it found, never what was said', async () => {
    const { personId } = await booked('S-2');
    await search({ kana: 'シケン' });
    const [last] = (await accessLog()).toReversed();
    expect(last).toMatchObject({ action: 'search', purpose: 'change', outcome: 'found', accountId: 'spec-operator' });
    expect(last.subjects).toContain(personId);
    expect(JSON.stringify(await accessLog())).not.toContain('シケン');
  });

  test('a corrected address is offered for who shares the telephone or came in the same call, and for nobody else', async () => {
    const phoneNumber = '0111234567';
    const hanako = await booked('H-1', applicant(++nth, { phoneNumber }));
    const taro = await booked('H-2', applicant(++nth, { phoneNumber }));
    await booked('H-3');
    const gone = await booked('H-4', applicant(++nth, { phoneNumber }));
    await desk.ask('POST', `/reservations/${gone.reservationId}/cancel`, { reasonCode: 'schedule' });
    const ask = (reservationId: string) => desk.ask('GET', `/reservations/${reservationId}/household`);
    const offered = await ask(hanako.reservationId);
    expect(offered.body.reservations).toMatchObject([
      { reservationId: taro.reservationId, maskedName: expect.stringMatching(/^シ＊/) },
    ]);
    expect(offered.body.reservations).toHaveLength(1);
    expect((await accessLog()).at(-1)).toMatchObject({
      action: 'search',
      purpose: 'household',
      subjects: [taro.personId],
    });

    const sessionId = await term.schedule('H-5', 5);
    const attendees = [1, 2].map(() => ({ applicant: applicant(++nth) }));
    const pair = (await desk.ask('POST', '/reservations', { sessionId, attendees })).body.reservations;
    expect((await ask(pair[0].reservationId)).body.reservations).toMatchObject([
      { reservationId: pair[1].reservationId },
    ]);
  });

  test('somebody under 照会制限 is seen by the supervisor only', async () => {
    const who = applicant(++nth, { familyNameKana: 'カクレ' });
    const { personId, reservationId } = await booked('S-3', who);
    await desk.ask('POST', `/persons/${personId}/restrict`, { restricted: true }, 'supervisor');
    expect((await search({ kana: 'カクレ' })).body).toMatchObject({ reservations: [], restricted: true });
    expect((await search({ kana: 'カクレ' }, 'supervisor')).body.reservations).toHaveLength(1);
    const told = await desk.ask('POST', `/reservations/${reservationId}/tell`, { requester: 'person', spoken: {} });
    expect(told).toMatchObject({ status: 403, body: { slug: 'cannot-tell', reason: 'restricted' } });
    await desk.ask('POST', `/persons/${personId}/restrict`, { restricted: false }, 'supervisor');
    expect((await search({ kana: 'カクレ' })).body).toMatchObject({ restricted: false });
  });
});

describe('what a caller is told', () => {
  test('to the person who knows enough, and each answer stands in the access log', async () => {
    const who = applicant(++nth);
    const { reservationId, receiptNumber, personId } = await booked('T-1', who);
    const spoken = { givenNameKana: who.givenNameKana, receiptNumber };
    const told = await desk.ask('POST', `/reservations/${reservationId}/tell`, { requester: 'person', spoken });
    expect(told).toMatchObject({
      status: 200,
      body: { applicant: { town: who.town }, passed: ['givenName', 'receiptNumber'] },
    });
    const not = await desk.ask('POST', `/reservations/${reservationId}/tell`, {
      ...{ requester: 'person', spoken: { receiptNumber } },
    });
    expect(not).toMatchObject({ status: 403, body: { slug: 'cannot-tell' } });
    expect(not.body.detail).toContain('お答えできません');
    const outcomes = (await accessLog()).filter(({ subjects }: { subjects: string[] }) => subjects.includes(personId));
    expect(outcomes.map(({ outcome }: { outcome: string }) => outcome)).toEqual(
      expect.arrayContaining(['told-givenName-receiptNumber', 'cannot-tell']),
    );
  });

  test('to the recorded proxy, and to no other', async () => {
    const who = applicant(++nth);
    const proxy = { name: '試験 一郎', relation: '子', phoneNumber: '0900000000' };
    const { reservationId, receiptNumber } = await booked('T-2', who, { proxy, channel: 'proxyCall' });
    const spoken = { givenNameKana: who.givenNameKana, receiptNumber };
    const ask = (proxyName: string) =>
      desk.ask('POST', `/reservations/${reservationId}/tell`, { requester: 'proxy', spoken: { ...spoken, proxyName } });
    expect((await ask('試験一郎')).status).toBe(200);
    expect((await ask('試験二郎')).status).toBe(403);
  });
});

describe('a mistyped name', () => {
  test('is corrected in every booking of the person; the old version stays for the card that was posted', async () => {
    const who = applicant(++nth, { familyNameKana: 'マチガイ' });
    const first = await booked('U-1', who);
    const second = await term.schedule('U-2', 3);
    const again = { sessionId: second, attendees: [{ personId: first.personId }] };
    const { reservationId: other } = (await desk.ask('POST', '/reservations', again)).body.reservations[0];
    const change = { familyNameKana: 'タダシイ', building: '新館' };
    const corrected = await desk.ask('PATCH', `/reservations/${first.reservationId}/applicant`, change);
    expect(corrected).toMatchObject({ status: 200, body: { personVersion: 2, corrected: ['kana', 'address'] } });
    for (const reservationId of [first.reservationId, other]) {
      expect((await desk.ask('GET', `/reservations/${reservationId}`)).body).toMatchObject({
        personVersion: 2,
        revision: 2,
      });
    }
    expect((await search({ kana: 'マチガイ' })).body.reservations).toEqual([]);
    expect((await search({ kana: 'タダシイ' })).body.reservations).toHaveLength(2);
    const persons = [1, 2].map((version) => ({ personId: first.personId, version }));
    const { body } = await desk.ask('POST', '/internal/persons/resolve', { persons, purpose: 'notice-print' });
    const kana = body.persons.map((one: { applicant: { familyNameKana: string } }) => one.applicant.familyNameKana);
    expect(kana).toEqual(['マチガイ', 'タダシイ']);
  });
});
