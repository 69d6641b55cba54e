import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { documentFlaws } from '#platform/rehearsal/document-flaws.js';
import { nullRequests } from '#platform/rehearsal/null-requests.js';
import { oddRequests, type InterfaceDocument } from '#platform/rehearsal/odd-requests.js';
import { openRehearsalDesk, type RehearsalDesk } from '../rehearsal/rehearsal-desk.js';
import { applicant, openSmallTerm, type SmallTerm } from '../rehearsal/small-term.js';

let desk: RehearsalDesk;
let term: SmallTerm;
let sessionId: string;
let pool: pg.Pool;
beforeAll(async () => {
  desk = await openRehearsalDesk();
  term = await openSmallTerm(desk);
  sessionId = await term.schedule('X-1', 20);
  pool = new pg.Pool({ connectionString: desk.databaseUrl, max: 1 });
});
afterAll(async () => {
  await pool?.end();
  await desk?.close();
});

let faxes = 30;
const stored = async () => (await pool.query('select count(*) from events')).rows[0].count as string;
const book = (more: object) =>
  desk.ask('POST', '/reservations', { sessionId, attendees: [{ applicant: applicant(1) }], ...more });

describe('bad input is refused with a reason, and nothing is stored', () => {
  test('every field wrong at once: one answer names them all', async () => {
    const before = await stored();
    const wrong = {
      ...{
        sessionId: 'x',
        holdId: -1,
        channel: 'telepathy',
        receivedAt: '2027-02-29T00:00:00Z',
        offerId: null,
        colour: 1,
      },
      attendees: [
        { applicant: { ...applicant(1), familyName: '\u0007', givenNameKana: '漢字', postalCode: '12', email: 'a@b' } },
      ],
      proxy: [],
    };
    const { status, body } = await desk.ask('POST', '/reservations', wrong);
    expect([status, body.slug]).toEqual([400, 'invalid-body']);
    expect(body.fields.map(({ field }: { field: string }) => field).sort()).toEqual(
      [
        ...['attendees.0.applicant.email', 'attendees.0.applicant.familyName', 'attendees.0.applicant.givenNameKana'],
        ...['attendees.0.applicant.postalCode', 'channel', 'colour', 'holdId', 'offerId', 'proxy', 'receivedAt'],
        'sessionId',
      ].sort(),
    );
    expect(JSON.stringify(body)).not.toMatch(/telepathy|漢字|a@b/);
    expect(await stored()).toBe(before);
  });

  test.each([
    ['no attendee', { attendees: [] }],
    ['five attendees', { attendees: Array.from({ length: 5 }, () => ({ applicant: applicant(1) })) }],
    ['an attendee who is nobody', { attendees: [{}] }],
    ...['。', 'ー', '・', 'ｰ･ｰ', 'ﾞ'].map((marks): [string, object] => [
      `marks for a name in kana: ${marks}`,
      { attendees: [{ applicant: { ...applicant(1), givenNameKana: marks } }] },
    ]),
    ['a number for a name', { attendees: [{ applicant: { ...applicant(1), familyName: 7 } }] }],
    ['half a character', { attendees: [{ applicant: { ...applicant(1), familyName: '\ud842' } }] }],
    ['a NUL', { attendees: [{ applicant: { ...applicant(1), town: 'a\0b' } }] }],
    ['a telephone of letters', { attendees: [{ applicant: { ...applicant(1), phoneNumber: 'abcdefghij' } }] }],
    [
      'a telephone that cannot be dialled',
      { attendees: [{ applicant: { ...applicant(1), phoneNumber: '123456789' } }] },
    ],
    ['a fax of tomorrow', { channel: 'fax', receivedAt: '2999-01-01T00:00:00Z' }],
  ])('%s', async (_, more) => {
    const before = await stored();
    expect(await book(more)).toMatchObject({ status: 400, body: { slug: 'invalid-body' } });
    expect(await stored()).toBe(before);
  });

  test.each([
    ['moves', 'POST', '/move', { toSessionId: '00000000-0000-4000-8000-000000000000' }],
    ['cancels', 'POST', '/cancel', { reasonCode: 'illness' }],
    ['corrects', 'PATCH', '/applicant', { town: '北二十五条西' }],
  ])('a fax of tomorrow %s nothing', async (_, method, path, wish) => {
    const { reservationId } = (await book({ attendees: [{ applicant: applicant(++faxes) }] })).body.reservations[0];
    const toSessionId = await term.schedule(`X-${faxes}`, 1);
    const before = await stored();
    const fax = { ...wish, ...('toSessionId' in wish && { toSessionId }), channel: 'fax' };
    const ask = (receivedAt: string) =>
      desk.ask(method, `/reservations/${reservationId}${path}`, { ...fax, receivedAt });
    expect(await ask('2999-01-01T00:00:00Z')).toMatchObject({
      ...{ status: 400, body: { slug: 'invalid-body', fields: [{ field: 'receivedAt', rules: ['notInFuture'] }] } },
    });
    expect(await stored()).toBe(before);
    expect((await ask('2026-01-01T00:00:00Z')).status).toBe(200);
  });

  test('ten thousand seats, none, or minus one', async () => {
    for (const seats of [10_000, 0, -1, 1.5, '1']) {
      expect(await desk.ask('POST', '/holds', { sessionId, seats })).toMatchObject({ status: 400 });
    }
  });

  test('an id that is none names nothing', async () => {
    for (const id of ['-1', '0', 'x'.repeat(90), '%00', '..%2f..', sessionId.toUpperCase()]) {
      const { status } = await desk.ask('GET', `/reservations/${id}`);
      expect([400, 404]).toContain(status);
    }
  });

  test('a null where none is documented is refused by the name of its field, in every body, and nothing is stored', async () => {
    const document = (await (await fetch(`${desk.url}/openapi.json`)).json()) as InterfaceDocument;
    const { reservationId } = (await book({ attendees: [{ applicant: applicant(2) }] })).body.reservations[0];
    const before = await stored();
    const asked = nullRequests(document, reservationId);
    const taken: string[] = [];
    for (const { method, path, route, body, field } of asked) {
      const answer = await desk.ask(method, path, body, ['supervisor', 'manager']);
      const named = answer.body?.fields?.some((wrong: { field: string }) => wrong.field === field);
      if (answer.status !== 400 || !named) taken.push(`${method} ${route} ${field}: ${answer.status}`);
    }
    expect(asked.length).toBeGreaterThan(100);
    expect([taken, await stored()]).toEqual([[], before]);
  });

  test('anything of the documented shape, and anything of none: never an error of ours', async () => {
    const document = (await (await fetch(`${desk.url}/openapi.json`)).json()) as InterfaceDocument;
    expect(documentFlaws(document)).toEqual([]);
    const booked = (await book({})).body.reservations[0];
    const held = (await desk.ask('POST', '/holds', { sessionId, seats: 1 })).body;
    const ids = [
      sessionId,
      term.termId,
      term.venueId,
      term.courseId,
      booked.reservationId,
      booked.personId,
      held.holdId,
    ];
    await fc.assert(
      fc.asyncProperty(oddRequests(document, ids), async ({ method, path, body }) => {
        const { status, body: answer } = await desk.ask(method, path, body, ['supervisor', 'manager', 'auditor']);
        if (status >= 500) throw new Error(`${status} ${JSON.stringify(answer)}`);
        if (status >= 400 && typeof answer.slug !== 'string') throw new Error(`no slug: ${JSON.stringify(answer)}`);
      }),
      { numRuns: Number(process.env['UKETSUKE_ODD_RUNS'] ?? 500), endOnFailure: true },
    );
  });
});
