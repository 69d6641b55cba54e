import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '#kernel/ids.js';
import { openRehearsalDesk, type RehearsalDesk } from '../rehearsal/rehearsal-desk.js';
import { applicant, openSmallTerm, type SmallTerm } from '../rehearsal/small-term.js';

let desk: RehearsalDesk;
let term: SmallTerm;
beforeAll(async () => {
  desk = await openRehearsalDesk();
  term = await openSmallTerm(desk);
});
afterAll(() => desk?.close());

let nth = 0;
const book = (sessionId: string, more: object = {}, key?: string) =>
  desk.ask(
    'POST',
    '/reservations',
    { sessionId, attendees: [{ applicant: applicant(++nth) }], ...more },
    'operator',
    key,
  );

describe('a booking, from the seat to the person', () => {
  test('a seat is held, then booked, moved, and cancelled', async () => {
    const [from, to] = [await term.schedule('A-1', 2), await term.schedule('A-2', 1)];
    const held = await desk.ask('POST', '/holds', { sessionId: from, seats: 1 });
    expect(held).toMatchObject({ status: 201, body: { holdId: expect.any(String), expiresAt: expect.any(String) } });
    const booked = await book(from, { holdId: held.body.holdId });
    expect(booked).toMatchObject({ status: 201, body: { sessionId: from } });
    const [{ reservationId, receiptNumber }] = booked.body.reservations;
    expect(receiptNumber).toMatch(/^\d{8}$/);
    expect(booked.position).toMatch(/^[0-9a-f-]{36}\/\d:\d+/);
    const moved = await desk.ask('POST', `/reservations/${reservationId}/move`, { toSessionId: to });
    expect(moved).toMatchObject({ status: 200, body: { sessionId: to, receiptNumber, revision: 2 } });
    const cancelled = await desk.ask('POST', `/reservations/${reservationId}/cancel`, { reasonCode: 'illness' });
    expect(cancelled.body).toMatchObject({ revision: 3 });
    const again = await desk.ask('POST', `/reservations/${reservationId}/cancel`, { reasonCode: 'illness' });
    expect(again).toMatchObject({ status: 409, body: { slug: 'reservation-cancelled' } });
    expect((await desk.ask('GET', `/reservations/${reservationId}`)).body).toMatchObject({
      ...{ sessionId: to, state: 'cancelled', revision: 3, channel: 'telephone' },
    });
  });

  test('the same key answers the same; another body under it is refused, and so is none', async () => {
    const sessionId = await term.schedule('B-1', 5);
    const body = { sessionId, attendees: [{ applicant: applicant(++nth) }] };
    const key = newId();
    const first = await desk.ask('POST', '/reservations', body, 'operator', key);
    expect((await desk.ask('POST', '/reservations', body, 'operator', key)).body).toEqual(first.body);
    const other = { sessionId, attendees: [{ applicant: applicant(++nth) }] };
    expect(await desk.ask('POST', '/reservations', other, 'operator', key)).toMatchObject({
      ...{ status: 422, body: { slug: 'idempotency-key-reused' } },
    });
    expect(await desk.ask('POST', '/reservations', body, 'operator', null)).toMatchObject({
      ...{ status: 400, body: { slug: 'idempotency-key-missing' } },
    });
  });

  test('two hundred at once for ten seats: ten have one, and everybody is answered', async () => {
    const sessionId = await term.schedule('C-1', 10);
    const answers = await Promise.all(Array.from({ length: 200 }, () => book(sessionId)));
    const counted = (slug: string) => answers.filter(({ body }) => (body.slug ?? 'booked') === slug).length;
    expect([counted('booked'), counted('session-full')]).toEqual([10, 190]);
    const full = answers.find(({ status }) => status === 409)!;
    expect(full.body).toMatchObject({ alternatives: [], alternativesUnavailable: true });
  });

  test('a couple is booked under one party, all or none', async () => {
    const sessionId = await term.schedule('D-1', 3);
    const couple = { attendees: [{ applicant: applicant(++nth) }, { applicant: applicant(++nth) }] };
    const both = await book(sessionId, couple);
    expect(both.body.reservations).toHaveLength(2);
    const next = { attendees: [{ applicant: applicant(++nth) }, { applicant: applicant(++nth) }] };
    expect(await book(sessionId, next)).toMatchObject({ status: 409, body: { slug: 'session-full', seatsLeft: 1 } });
  });
});

describe('who is the same person', () => {
  test('the same telephone and kana is asked after; the answer books the person, or somebody else', async () => {
    const [one, two] = [await term.schedule('E-1', 5), await term.schedule('E-2', 5)];
    const who = applicant(++nth);
    const first = await book(one, { attendees: [{ applicant: who }] });
    const { personId } = first.body.reservations[0];
    const said = { ...who, familyNameKana: 'しけん', phoneNumber: who.phoneNumber.replace(/^(...)/, '$1-') };
    const asked = await book(two, { attendees: [{ applicant: said }] });
    expect(asked).toMatchObject({
      status: 409,
      body: { slug: 'possible-duplicate', candidates: [{ personId, match: 'phoneAndKana' }] },
    });
    const same = await book(two, { attendees: [{ applicant: said, duplicateDecision: 'samePerson' }] });
    expect(same.body.reservations[0]).toMatchObject({ personId });
    expect(await book(two, { attendees: [{ personId }] })).toMatchObject({
      status: 409,
      body: { slug: 'already-reserved' },
    });
    const other = await book(two, { attendees: [{ applicant: said, duplicateDecision: 'household' }] });
    expect(other.status).toBe(201);
    expect(other.body.reservations[0].personId).not.toBe(personId);
  });

  test('nobody stands twice in one booking, unless the operator says that they are two', async () => {
    const sessionId = await term.schedule('E-3', 5);
    const who = applicant(++nth);
    const twice = [{ applicant: who }, { applicant: { ...who, familyNameKana: 'しけん' } }];
    expect(await book(sessionId, { attendees: twice })).toMatchObject({
      ...{ status: 409, body: { slug: 'already-reserved' } },
    });
    const household = [twice[0], { ...twice[1], duplicateDecision: 'household' }];
    const two = await book(sessionId, { attendees: household });
    expect(two).toMatchObject({ status: 201 });
    expect(new Set(two.body.reservations.map(({ personId }: { personId: string }) => personId)).size).toBe(2);
  });

  test('the same person calling twice at once has one seat', async () => {
    const sessionId = await term.schedule('F-1', 10);
    const who = { attendees: [{ applicant: applicant(++nth) }] };
    const answers = await Promise.all(Array.from({ length: 5 }, () => book(sessionId, who)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const [{ personId }] = answers.find(({ status }) => status === 201)!.body.reservations;
    const refused = answers.filter(({ status }) => status !== 201).map(({ body }) => body);
    const asked = { slug: 'possible-duplicate', candidates: [{ personId }] };
    expect(refused).toMatchObject(Array.from({ length: 4 }, () => asked));
  });
});
