import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openRehearsalDesk, type RehearsalDesk } from '../rehearsal/rehearsal-desk.js';
import { applicant, openSmallTerm } from '../rehearsal/small-term.js';

let desk: RehearsalDesk;
let sessionId: string;
beforeAll(async () => {
  desk = await openRehearsalDesk({ holdSeconds: 1 });
  sessionId = await (await openSmallTerm(desk)).schedule('P-1', 3);
});
afterAll(() => desk.close());

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
const hold = (more: object, as: 'operator' | 'supervisor') =>
  desk.ask('POST', '/holds', { sessionId, seats: 1, ...more }, as);

describe('a seat for paper', () => {
  test('is held for the day by a supervisor, and booked later under the time that stands on the form', async () => {
    const until = inHours(10);
    const { status, body } = await hold({ until }, 'supervisor');
    expect({ status, body }).toMatchObject({ status: 201, body: { expiresAt: until } });
    const { holdId } = body;
    const receivedAt = inHours(-2);
    const booking = { sessionId, holdId, attendees: [{ applicant: applicant(1) }], channel: 'paper', receivedAt };
    expect(await desk.ask('POST', '/reservations', booking)).toMatchObject({ status: 201 });
  });

  test('is refused to an operator, and for longer than a day', async () => {
    expect(await hold({ until: inHours(1) }, 'operator')).toMatchObject({ status: 403 });
    for (const until of [inHours(-1), inHours(25)]) {
      expect(await hold({ until }, 'supervisor')).toMatchObject({ status: 400, body: { slug: 'invalid-body' } });
    }
  });
});
