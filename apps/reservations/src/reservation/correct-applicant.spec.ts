import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { resolveAnswer } from '#contracts/reservations/resolve.http.js';
import { openRehearsalDesk, type RehearsalDesk } from '../rehearsal/rehearsal-desk.js';
import { applicant, openSmallTerm, type SmallTerm } from '../rehearsal/small-term.js';

let desk: RehearsalDesk;
let term: SmallTerm;
let sessionId: string;
beforeAll(async () => {
  desk = await openRehearsalDesk();
  term = await openSmallTerm(desk);
  sessionId = await term.schedule('N-1', 50);
});
afterAll(() => desk?.close());

let nth = 0;
const FLAT = { building: '試験荘', roomNumber: '101', careOf: '見本様方' };
async function booked(more: object = FLAT, session = sessionId) {
  const who = applicant(++nth, more);
  const { body } = await desk.ask('POST', '/reservations', { sessionId: session, attendees: [{ applicant: who }] });
  return { who, ...(body.reservations[0] as { reservationId: string; receiptNumber: string; personId: string }) };
}
const correct = (reservationId: string, changes: object) =>
  desk.ask('PATCH', `/reservations/${reservationId}/applicant`, changes);
async function record(personId: string, version: number) {
  const asked = { persons: [{ personId, version }], purpose: 'notice-print' };
  const { body } = await desk.ask('POST', '/internal/persons/resolve', asked);
  return resolveAnswer.parse(body).persons[0]!.applicant;
}

describe('what somebody has none of any more', () => {
  test('moved from a flat into a house: the building is emptied, and whoever writes the card reads the rest', async () => {
    const { reservationId, personId, who } = await booked();
    const moved = await correct(reservationId, {
      town: '北二十五条西',
      building: null,
      roomNumber: null,
      careOf: null,
    });
    expect(moved).toMatchObject({ status: 200, body: { personVersion: 2, corrected: ['address'] } });
    const { building: _, roomNumber: __, careOf: ___, ...house } = who as typeof who & typeof FLAT;
    expect(await record(personId, 2)).toEqual({ ...house, town: '北二十五条西' });
    expect(await correct(reservationId, { building: null })).toMatchObject({
      body: { personVersion: 2, corrected: [] },
    });
  });

  test('no telephone: found by it no longer, and like nobody who gives it', async () => {
    const { reservationId, personId, who } = await booked();
    const emptied = await correct(reservationId, { phoneNumber: null });
    expect(emptied).toMatchObject({ status: 200, body: { corrected: ['phoneNumber'] } });
    expect(await record(personId, 2)).not.toHaveProperty('phoneNumber');
    const found = await desk.ask('POST', '/reservations/search', { purpose: 'change', phoneNumber: who.phoneNumber });
    expect(found.body.reservations).toEqual([]);
    expect(await desk.ask('POST', '/reservations', { sessionId, attendees: [{ applicant: who }] })).toMatchObject({
      status: 201,
    });
  });

  test('no postal code: it is to be looked for again, and the caller is told what the record says', async () => {
    const { reservationId, receiptNumber, who } = await booked();
    expect(await correct(reservationId, { postalCode: null, ward: null, chome: null })).toMatchObject({
      ...{ status: 200, body: { corrected: ['address'] } },
    });
    const spoken = { givenNameKana: who.givenNameKana, receiptNumber };
    const told = await desk.ask('POST', `/reservations/${reservationId}/tell`, { requester: 'person', spoken });
    expect(told).toMatchObject({ status: 200, body: { applicant: { town: who.town } } });
    expect(told.body.applicant).not.toHaveProperty('postalCode');
  });

  test('a field that the term asks for is not emptied; one that was missing before does not stand in the way', async () => {
    const asking = await openSmallTerm(desk, 2);
    const session = await asking.schedule('N-2', 5);
    const [complete, without] = [await booked(FLAT, session), await booked({}, session)];
    const {
      termId: _,
      state: __,
      openDays: ___,
      readiness: ____,
      ...plan
    } = (await desk.ask('GET', `/terms/${asking.termId}`)).body;
    const intakeForm = { version: 2, requiredFields: ['building'] };
    const revised = await desk.ask('PUT', `/terms/${asking.termId}`, { ...plan, intakeForm }, 'supervisor');
    expect(revised.status).toBe(200);
    expect(await correct(complete.reservationId, { building: null })).toMatchObject({
      ...{ status: 400, body: { slug: 'invalid-body', fields: [{ field: 'building', rules: ['requiredByTerm'] }] } },
    });
    expect(await correct(without.reservationId, { town: '北二十五条西' })).toMatchObject({ status: 200 });
  });
});

test('what everybody has is not emptied: a null is refused by the name of its field', async () => {
  const { reservationId } = await booked();
  const needed = [
    'familyName',
    'givenName',
    'familyNameKana',
    'givenNameKana',
    'prefecture',
    'city',
    'town',
    'blockLot',
  ];
  for (const field of needed) {
    const { status, body } = await correct(reservationId, { [field]: null });
    expect([status, body.slug, body.fields?.[0].field]).toEqual([400, 'invalid-body', field]);
  }
  expect((await desk.ask('GET', `/reservations/${reservationId}`)).body).toMatchObject({ personVersion: 1 });
});

test('the interface document says which fields a null empties', async () => {
  const { components } = (await (await fetch(`${desk.url}/openapi.json`)).json()) as {
    components: {
      schemas: { CorrectionBody: { properties: Record<string, { type: unknown; description?: string }> } };
    };
  };
  const { familyName, building, careOf } = components.schemas.CorrectionBody.properties;
  expect(familyName).toMatchObject({ type: 'string' });
  for (const one of [building, careOf]) expect(one).toMatchObject({ type: ['string', 'null'] });
  expect(careOf!.description).toMatch(/方書.*null empties it/);
});
