import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dateAt, plusDays } from '#calendar/civil-time.js';
import { newId } from '#kernel/ids.js';
import { openInquiriesDesk, type InquiriesDesk, type Told } from '../rehearsal/inquiries-desk.js';
import { classSessionTold, sessionId, tellSmallPlan } from '../rehearsal/small-plan.js';
import { termId } from '../rehearsal/reception-term.js';
import { until } from '../rehearsal/until.js';

let desk: InquiriesDesk;
let reservations: Server;
beforeAll(async () => {
  reservations = await answering();
  desk = await openInquiriesDesk({
    reservationsUrl: `http://127.0.0.1:${(reservations.address() as AddressInfo).port}`,
  });
  await tellSmallPlan(desk, '2099-08-05');
});
afterAll(async () => {
  await desk?.close();
  reservations.close();
});

const contact = { name: '高橋 次郎', phoneNumber: '090-1234-5678' };
const wish = (more: object = {}) =>
  desk.ask('POST', '/callbacks', { cause: 'vacancyWish', sessionId, contact, ...more });
const openOnes = async (query = '') => (await desk.read(`/callbacks?open=true${query}`)).body.callbacks;
const booked = (reservationId: string, personId: string, into = sessionId): Told => ({
  stream: `class-session-${into}`,
  event: {
    type: 'ReservationMade',
    data: { sessionId: into, reservationId, reservationRevision: 1, personId, personVersion: 1, channel: 'telephone' },
  },
});
const returned = (noticeId: string, reservationId: string, personId: string): Told => ({
  stream: `notice-${noticeId}`,
  event: {
    type: 'NoticeReturned',
    data: { noticeId, reservationId, reservationRevision: 1, sessionId, personId, reason: 'unknownAddress' },
  },
});

describe('a wish for a seat that may become free (§8.15)', () => {
  test('is marked as long as its session has a seat that nobody has or holds', async () => {
    const full = newId();
    const told = classSessionTold('2099-08-06', full, 'K-09').at(-1)!;
    await desk.tell({ ...told, event: { ...told.event, data: { ...told.event.data, capacity: 2 } } as Told['event'] });
    const [reservationId, holdId] = [newId(), newId()];
    const held = { holdId, sessionId: full, seats: 1, expiresAt: new Date(Date.now() + 300_000).toISOString() };
    const inSession = (type: string, data: object): Told => ({ stream: `class-session-${full}`, event: { type, data } as Told['event'] }); // prettier-ignore
    await desk.tell(booked(reservationId, newId(), full), inSession('SeatHeld', held));
    const { callbackId } = (await wish({ sessionId: full })).body;
    const mark = async () => (await desk.read(`/callbacks/${callbackId}`)).body.seatsFree;
    expect(await mark()).toBeUndefined();
    await desk.tell(inSession('ReservationCancelled', { sessionId: full, reservationId, reservationRevision: 2, reasonCode: 'illness' })); // prettier-ignore
    await until(async () => (await mark()) === 1);
    const [line] = (await desk.read(`/callbacks?open=true&cause=vacancyWish&sessionId=${full}`)).body.callbacks;
    expect(line).toMatchObject({ callbackId, seatsFree: 1 });
    await desk.tell(inSession('HoldReleased', { holdId, sessionId: full, seats: 1, cause: 'lapsed' }));
    await until(async () => (await mark()) === 2);
    await desk.tell(inSession('ClassSessionClosed', { sessionId: full }));
    await until(async () => (await mark()) === undefined);
    await desk.ask('POST', `/callbacks/${callbackId}/close`, { result: 'notWanted' });
  });

  test('keeps name and telephone, promises nothing, and is called in its order', async () => {
    const left = await wish();
    expect(left).toMatchObject({
      status: 201,
      body: { state: 'open', say: expect.stringContaining('お約束できません') },
    });
    await wish({ contact: { ...contact, name: '二番目' } });
    const list = await openOnes('&cause=vacancyWish');
    expect(list[0]).toMatchObject({ callbackId: left.body.callbackId, overdue: false });
    expect(list[0]).not.toHaveProperty('dueAt');
    expect((await desk.read(`/callbacks/${left.body.callbackId}`)).body.contact).toEqual(contact);
    const attempt = await desk.ask('POST', `/callbacks/${left.body.callbackId}/attempts`, { result: 'told' });
    expect(attempt.body.state).toBe('open');
    const closed = await desk.ask('POST', `/callbacks/${left.body.callbackId}/close`, { result: 'booked' });
    expect(closed.body).toMatchObject({ state: 'closed', result: 'booked' });
    expect((await desk.read(`/callbacks/${left.body.callbackId}`)).body).not.toHaveProperty('contact');
  });

  test('goes when the class begins, with the name', async () => {
    const today = newId();
    await desk.tell(...classSessionTold(plusDays(dateAt(Date.now()), 1), today, 'K-02'));
    const { callbackId } = (await wish({ sessionId: today })).body;
    const revised = classSessionTold(plusDays(dateAt(Date.now()), -1), today, 'K-02').at(-1)!;
    const { data } = revised.event as { data: object };
    await desk.tell({
      stream: revised.stream,
      event: { type: 'ClassSessionRevised', data: { ...data, changed: ['dates'] } } as Told['event'],
    });
    expect(await desk.sweepCallbacks()).toBe(1);
    const read = await until(async () => {
      const { body } = await desk.read(`/callbacks/${callbackId}`);
      return body.state === 'closed' && body;
    });
    expect(read).toMatchObject({ state: 'closed', result: 'lapsed' });
    expect(read).not.toHaveProperty('contact');
    expect(await desk.query('select * from answer_note where owner_id = $1', [callbackId])).toEqual([]);
  });

  test('for a class that has begun is refused, and without a session too', async () => {
    const past = newId();
    await desk.tell(...classSessionTold('2025-08-05', past, 'K-03'));
    expect((await wish({ sessionId: past })).body.slug).toBe('session-over');
    expect((await wish({ sessionId: newId() })).body.slug).toBe('not-found');
    expect((await desk.ask('POST', '/callbacks', { cause: 'vacancyWish', contact })).body.slug).toBe('invalid-body');
  });
});

describe('a returned notice (§8.6)', () => {
  test('makes one call-back, whose name reservations tells to whoever looks', async () => {
    const [noticeId, reservationId, personId] = [newId(), newId(), newId()];
    await desk.tell(booked(reservationId, personId));
    await desk.tellOfNotices(returned(noticeId, reservationId, personId));
    const [callback] = await until(async () => {
      const found = await openOnes('&cause=returnedMail');
      return found.length > 0 && found;
    });
    expect(callback).toMatchObject({ reservationId, noticeId, dueAt: expect.any(String), overdue: false });
    const read = (await desk.read(`/callbacks/${callback.callbackId}`)).body;
    expect(read.contact).toEqual({ name: '札幌 花子', phoneNumber: '0112112936' });
    for (const result of ['absent', 'told']) {
      await desk.ask('POST', `/callbacks/${callback.callbackId}/attempts`, { result });
    }
    expect((await desk.read(`/callbacks/${callback.callbackId}`)).body).toMatchObject({
      ...{ state: 'closed', result: 'told', attempts: ['absent', 'told'] },
    });
  });

  test('of a reservation that was cancelled meanwhile is called no more', async () => {
    const [noticeId, reservationId, personId] = [newId(), newId(), newId()];
    await desk.tellOfNotices(returned(noticeId, reservationId, personId));
    await until(async () => (await openOnes('&cause=returnedMail')).length === 1);
    const data = { sessionId, reservationId, reservationRevision: 2, reasonCode: 'illness' };
    await desk.tell({ stream: `class-session-${sessionId}`, event: { type: 'ReservationCancelled', data } });
    await until(async () => (await openOnes('&cause=returnedMail')).length === 0);
  });
});

describe('a contact list of the city (§8.14)', () => {
  test('puts everybody on it among the call-backs; what was done there shows here', async () => {
    const [contactListId, one, other] = [newId(), newId(), newId()];
    const started = { contactListId, sessionId, cause: 'calledOff' as const, reservationIds: [one, other] };
    const stream = `contact-list-${contactListId}`;
    await desk.tell({ stream, event: { type: 'ContactListStarted', data: started } });
    const list = await until(async () => {
      const found = await openOnes('&cause=contactList');
      return found.length === 2 && found;
    });
    const here = await desk.ask('POST', `/callbacks/${list[0].callbackId}/attempts`, { result: 'told' });
    expect(here).toMatchObject({ status: 409, body: { slug: 'worked-elsewhere', contactListId } });
    const attempted = { contactListId, reservationId: one, result: 'told' as const };
    await desk.tell({ stream, event: { type: 'ContactAttempted', data: attempted } });
    const left = await until(async () => {
      const found = await openOnes('&cause=contactList');
      return found.length === 1 && found;
    });
    expect(left[0].reservationId).toBe(other);
  });
});

test('what was written about somebody goes with the person', async () => {
  const [reservationId, personId] = [newId(), newId()];
  await desk.tell(booked(reservationId, personId));
  const { inquiryId } = (
    await desk.ask('POST', '/inquiries', { category: 'notice', outcome: 'answered', reservationId, note: '未着' })
  ).body;
  expect((await desk.read(`/inquiries/${inquiryId}/note`)).body).toEqual({ note: '未着' });
  await desk.tell({ stream: `person-${personId}`, event: { type: 'PersonErased', data: { personId } } });
  await until(async () => Object.keys((await desk.read(`/inquiries/${inquiryId}/note`)).body).length === 0);
});

test('what was said and half typed goes with the term that is erased, and the desk has a record of it (§8.20)', async () => {
  const { callId } = (await desk.ask('POST', '/calls', {})).body;
  await desk.ask('PUT', `/calls/${callId}/draft`, { content: { familyName: '山田' } });
  const left = async () =>
    desk.query(
      'select (select count(*)::int from call_draft) as drafts, (select count(*)::int from answer_note) as notes',
    );
  const [before] = await left();
  expect([before!['drafts'], Number(before!['notes']) > 0]).toEqual([1, true]);
  await desk.tell({ stream: `term-${termId}`, event: { type: 'TermErased', data: { termId, instructionNumber: '札デ第9号' } } }); // prettier-ignore
  await until(async () => JSON.stringify(await left()) === '[{"drafts":0,"notes":0}]');
  expect(await desk.query(`select what, count from deletion_record`)).toEqual([{ what: 'callDraft', count: 1 }]);
});

/** Stands in for reservations: everybody is 札幌 花子. */
function answering(): Promise<Server> {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (piece: Buffer) => (text += piece.toString()));
    request.on('end', () => {
      const { persons } = JSON.parse(text) as { persons: object[] };
      const applicant = {
        ...{ familyName: '札幌', givenName: '花子', familyNameKana: 'サッポロ', givenNameKana: 'ハナコ' },
        ...{ phoneNumber: '0112112936', prefecture: '北海道', city: '札幌市', town: '大通西', blockLot: '19' },
      };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ persons: persons.map((person) => ({ ...person, applicant })), missing: [] }));
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
