import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { plusDays } from '#calendar/civil-time.js';
import { openRehearsalDesk, type RehearsalDesk } from '../rehearsal/rehearsal-desk.js';
import { applicant, northWardHall, openSmallTerm, type SmallTerm } from '../rehearsal/small-term.js';

let desk: RehearsalDesk;
let term: SmallTerm;
beforeAll(async () => {
  desk = await openRehearsalDesk();
  term = await openSmallTerm(desk);
});
afterAll(() => desk?.close());

let nth = 0;
const book = (sessionId: string, more: object = {}) =>
  desk.ask('POST', '/reservations', { sessionId, attendees: [{ applicant: applicant(++nth) }], ...more });
const lead = (method: string, path: string, body?: unknown) => desk.ask(method, path, body, 'supervisor');
async function planned(sessionId: string) {
  const { state: _, sessionId: __, ...plan } = (await desk.ask('GET', `/sessions/${sessionId}`)).body;
  return plan;
}

describe('what the city changes (§8.14)', () => {
  test('another day needs a confirmation that names the bookings, then everybody stands on a list to be called', async () => {
    const sessionId = await term.schedule('A-1', 5);
    const { reservationId } = (await book(sessionId)).body.reservations[0];
    await book(sessionId);
    const plan = await planned(sessionId);
    const moved = { ...plan, dates: [{ ...plan.dates[0], date: plusDays(term.firstDay, 1) }] };
    expect(await lead('PUT', `/sessions/${sessionId}`, moved)).toMatchObject({
      ...{ status: 409, body: { slug: 'confirmation-needed', affected: 2, changed: ['dates'] } },
    });
    const revised = await lead('PUT', `/sessions/${sessionId}`, { ...moved, confirmAffected: 2 });
    expect(revised).toMatchObject({ status: 200, body: { contactListId: expect.any(String) } });
    const path = `/contact-lists/${revised.body.contactListId}`;
    expect((await lead('GET', path)).body).toMatchObject({ cause: 'dates', persons: 2, reached: 0 });
    for (const result of ['absent', 'told']) await lead('POST', `${path}/attempts`, { reservationId, result });
    const { entries, reached } = (await lead('GET', path)).body;
    expect(reached).toBe(1);
    expect(entries.at(-1)).toMatchObject({
      reservationId,
      attempts: ['absent', 'told'],
      applicant: { city: '札幌市' },
    });
    expect((await lead('GET', '/contact-lists')).body.contactLists).toHaveLength(1);
  });

  test('a capacity below what is booked drops nobody and books nobody', async () => {
    const sessionId = await term.schedule('A-2', 3);
    const booked = [(await book(sessionId)).status, (await book(sessionId)).status];
    expect(booked).toEqual([201, 201]);
    const cut = { ...(await planned(sessionId)), capacity: 1, confirmAffected: 2 };
    expect((await lead('PUT', `/sessions/${sessionId}`, cut)).status).toBe(200);
    expect((await book(sessionId)).body).toMatchObject({ slug: 'session-full', seatsLeft: 0 });
  });

  test('a session that is called off keeps its people until they are told, and takes no more', async () => {
    const sessionId = await term.schedule('A-3', 3);
    const { reservationId } = (await book(sessionId)).body.reservations[0];
    const off = await lead('POST', `/sessions/${sessionId}/call-off`, { reason: '講師の急病', reasonCode: 'illness' });
    expect(off.body).toMatchObject({ state: 'calledOff', contactListId: expect.any(String) });
    expect((await book(sessionId)).body).toMatchObject({ slug: 'session-not-open', reason: 'calledOff' });
    const to = await term.schedule('A-4', 1);
    expect((await desk.ask('POST', `/reservations/${reservationId}/move`, { toSessionId: to })).status).toBe(200);
  });
});

describe('what only the supervisor may do', () => {
  test('an operator closes nothing and raises nothing', async () => {
    const sessionId = await term.schedule('B-1', 1);
    const close = await desk.ask('POST', `/sessions/${sessionId}/close`, { reason: '満席' });
    expect(close).toMatchObject({ status: 403, body: { slug: 'forbidden' } });
  });

  test('more than the capacity only by raising it, with reason and agreement number', async () => {
    const sessionId = await term.schedule('B-2', 1);
    await book(sessionId);
    const raise = { capacity: 2, reason: '車いす席', agreementNumber: '協-3' };
    const { agreementNumber: _, ...without } = raise;
    expect((await lead('POST', `/sessions/${sessionId}/raise-capacity`, without)).status).toBe(400);
    expect((await lead('POST', `/sessions/${sessionId}/raise-capacity`, raise)).body).toMatchObject({ seatsLeft: 1 });
    expect((await book(sessionId)).status).toBe(201);
  });

  test('a closed session and a closed term book nobody; cancellations still come', async () => {
    const other = await openSmallTerm(desk, 2);
    const [open, closed] = [await other.schedule('C-1', 3), await other.schedule('C-2', 3)];
    const { reservationId } = (await book(open)).body.reservations[0];
    await lead('POST', `/sessions/${closed}/close`, { reason: '会場の都合' });
    expect((await book(closed)).body).toMatchObject({ slug: 'session-not-open', reason: 'closed' });
    await lead('POST', `/terms/${other.termId}/close`);
    expect((await book(open)).body).toMatchObject({ slug: 'session-not-open', reason: 'term-not-open' });
    const cancel = await desk.ask('POST', `/reservations/${reservationId}/cancel`, {
      ...{ reasonCode: 'illness', note: '入院とのこと', channel: 'city' },
    });
    expect(cancel.status).toBe(200);
  });
});

describe('the list of the city', () => {
  test('a code stands once in a term; what it stands in must be there', async () => {
    const { termId, courseId, venueId, firstDay } = term;
    const dates = [{ date: firstDay, startsAt: '10:00', endsAt: '12:00' }];
    const session = { termId, courseId, venueId, sessionCode: 'D-1', capacity: 1, dates };
    expect((await lead('POST', '/sessions', session)).status).toBe(201);
    expect((await lead('POST', '/sessions', session)).body).toMatchObject({ slug: 'session-code-taken' });
    const nowhere = { ...session, sessionCode: 'D-2', venueId: termId };
    expect(await lead('POST', '/sessions', nowhere)).toMatchObject({ status: 404, body: { field: 'venueId' } });
  });

  test('blanks around a code or a name are no part of it, as in a list that is imported', async () => {
    const { termId, courseId, firstDay } = term;
    const hall = { ...northWardHall, name: ' 中央区民センター　' };
    const { venueId } = (await lead('POST', '/venues', hall)).body;
    await lead('POST', '/courses', { title: ' 地図の使い方 ' });
    const { venues } = (await desk.ask('GET', '/venues')).body;
    const { courses } = (await desk.ask('GET', '/courses')).body;
    expect(venues.map(({ name }: { name: string }) => name)).toContain('中央区民センター');
    expect(courses.map(({ title }: { title: string }) => title)).toContain('地図の使い方');
    const dates = [{ date: firstDay, startsAt: '10:00', endsAt: '12:00' }];
    const session = { termId, courseId, venueId, sessionCode: 'D-4', capacity: 1, dates };
    const { sessionId } = (await lead('POST', '/sessions', { ...session, sessionCode: '　D-4 ', eventCode: ' D ' }))
      .body;
    expect((await desk.ask('GET', `/sessions/${sessionId}`)).body).toMatchObject({
      sessionCode: 'D-4',
      eventCode: 'D',
    });
    expect((await lead('POST', '/sessions', session)).body).toMatchObject({ slug: 'session-code-taken' });
    expect((await lead('POST', '/sessions', { ...session, sessionCode: ' 　' })).status).toBe(400);
  });

  test('a class that ends before it begins, dates out of order and a day that does not exist are named', async () => {
    const { termId, courseId, venueId } = term;
    const dates = [
      { date: '2027-02-02', startsAt: '12:00', endsAt: '10:00' },
      { date: '2027-02-01', startsAt: '10:00', endsAt: '12:00' },
    ];
    const session = { termId, courseId, venueId, sessionCode: 'D-3', capacity: 1, dates };
    expect((await lead('POST', '/sessions', session)).body.fields.map(({ field }: { field: string }) => field)).toEqual(
      ['dates.0.endsAt', 'dates.1.date'],
    );
    const unreal = { ...session, dates: [{ ...dates[1], date: '2027-02-29' }] };
    expect((await lead('POST', '/sessions', unreal)).body).toMatchObject({ fields: [{ field: 'dates.0.date' }] });
  });
});
