import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { openRehearsalDesk, type RehearsalDesk } from '../rehearsal/rehearsal-desk.js';
import { accepted, applicant, openSmallTerm, type SmallTerm } from '../rehearsal/small-term.js';

let desk: RehearsalDesk;
let term: SmallTerm;
let pool: pg.Pool;
beforeAll(async () => {
  desk = await openRehearsalDesk();
  term = await openSmallTerm(desk);
  pool = new pg.Pool({ connectionString: desk.databaseUrl, max: 1 });
});
afterAll(async () => {
  await pool?.end();
  await desk?.close();
});

async function asksWith(intakeForm: object) {
  const { termId: _, state: __, openDays: ___, readiness: ____, ...plan } = (await desk.ask('GET', `/terms/${term.termId}`)).body; // prettier-ignore
  await accepted(desk.ask('PUT', `/terms/${term.termId}`, { ...plan, intakeForm }, 'supervisor'));
}
async function formOf(reservationId: string) {
  const { rows } = await pool.query(
    `select data -> 'formVersion' as form from events where type = 'ReservationMade' and data ->> 'reservationId' = $1`,
    [reservationId],
  );
  return (rows as { form: number | null }[])[0]!.form;
}

test('what the intake asks for is asked, and the booking says for ever by which version of the form (R010)', async () => {
  const sessionId = await term.schedule('I-1', 5);
  const book = async (who: object) =>
    desk.ask('POST', '/reservations', { sessionId, attendees: [{ applicant: { ...applicant(1), ...who } }] });
  const before = (await book({ givenNameKana: 'ア' })).body.reservations[0];
  expect(await formOf(before.reservationId)).toBeNull();

  await asksWith({ version: 3, requiredFields: ['building'] });
  expect(await book({ givenNameKana: 'カ' })).toMatchObject({
    status: 400,
    body: { fields: [{ field: 'attendees.0.applicant.building', rules: ['requiredByTerm'] }] },
  });
  const asked = (await book({ givenNameKana: 'カ', building: '新館' })).body.reservations[0];
  expect(await formOf(asked.reservationId)).toBe(3);

  await asksWith({ version: 4, requiredFields: [] });
  const after = (await book({ givenNameKana: 'サ' })).body.reservations[0];
  expect([await formOf(after.reservationId), await formOf(asked.reservationId)]).toEqual([4, 3]);
});
