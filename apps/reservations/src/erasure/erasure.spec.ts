import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { openRehearsalDesk, type RehearsalDesk } from '../rehearsal/rehearsal-desk.js';
import { applicant, openSmallTerm, type SmallTerm } from '../rehearsal/small-term.js';

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

const order = { instructionNumber: '札デ第12号' };
const TABLES = ['person', 'person_record', 'person_restriction'] as const;
async function rowsOf(personId: string): Promise<number> {
  const counts = await Promise.all(
    TABLES.map((table) => pool.query(`select from ${table} where person_id = $1`, [personId])),
  );
  return counts.reduce((sum, { rowCount }) => sum + rowCount!, 0);
}
async function booked(sessionCode: string, nth: number) {
  const sessionId = await term.schedule(sessionCode, 5);
  const body = { sessionId, attendees: [{ applicant: applicant(nth, { familyNameKana: 'キエル' }) }] };
  return (await desk.ask('POST', '/reservations', body)).body.reservations[0];
}

describe('erasing a person needs the city’s paper, the 責任者 and the 保護管理者 (§8.21)', () => {
  test('the first asks, the second carries it out; the booking stays without a name', async () => {
    const { personId, reservationId } = await booked('E-1', 1);
    const path = `/persons/${personId}/erase`;
    expect((await desk.ask('POST', path, order, 'operator')).status).toBe(403);
    expect((await desk.ask('POST', path, order, 'manager')).body).toMatchObject({
      ...{ state: 'requested', neededFrom: 'privacyOfficer' },
    });
    expect((await desk.ask('POST', path, order, 'manager')).body).toMatchObject({ state: 'requested' });
    expect(await rowsOf(personId)).toBe(2);
    expect((await desk.ask('POST', path, order, 'privacyOfficer')).body).toMatchObject({ state: 'erased' });
    expect(await rowsOf(personId)).toBe(0);
    expect((await desk.ask('GET', `/reservations/${reservationId}`)).body).toMatchObject({ state: 'active' });
    const found = await desk.ask('POST', '/reservations/search', { kana: 'キエル', purpose: 'change' });
    expect(found.body.reservations).toEqual([]);
    const corrected = await desk.ask('PATCH', `/reservations/${reservationId}/applicant`, { givenName: '別' });
    expect(corrected).toMatchObject({ status: 410, body: { slug: 'person-erased' } });
    expect((await desk.ask('POST', path, order, 'manager')).status).toBe(410);
  });

  test('another paper is another order', async () => {
    const { personId } = await booked('E-2', 2);
    const path = `/persons/${personId}/erase`;
    await desk.ask('POST', path, order, 'manager');
    const other = await desk.ask('POST', path, { instructionNumber: '札デ第13号' }, 'privacyOfficer');
    expect(other.body).toMatchObject({ state: 'requested', neededFrom: 'manager' });
    expect(await rowsOf(personId)).toBe(2);
  });

  test('a restored backup does not bring anybody back: the ledger is heeded before the port opens', async () => {
    const { personId } = await booked('E-3', 3);
    const dump = await pool.query('select * from person where person_id = $1', [personId]);
    await desk.ask('POST', `/persons/${personId}/erase`, order, 'manager');
    await desk.ask('POST', `/persons/${personId}/erase`, order, 'privacyOfficer');
    const row = dump.rows[0] as Record<string, unknown>;
    const columns = Object.keys(row);
    await pool.query(
      `insert into person (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
      Object.values(row),
    );
    await desk.restart();
    expect(await rowsOf(personId)).toBe(0);
  });
});

test('erasing a term closes its book for ever', async () => {
  const other = await openSmallTerm(desk, 7);
  const sessionId = await other.schedule('T-1', 5);
  const body = { sessionId, attendees: [{ applicant: applicant(70) }] };
  const { personId } = (await desk.ask('POST', '/reservations', body)).body.reservations[0];
  const path = `/terms/${other.termId}/erase`;
  expect((await desk.ask('POST', path, order, 'manager')).body).toMatchObject({ slug: 'term-open' });
  await desk.ask('POST', `/terms/${other.termId}/close`, undefined, 'supervisor');
  await desk.ask('POST', path, order, 'manager');
  expect((await desk.ask('POST', path, order, 'privacyOfficer')).body).toMatchObject({ state: 'erased' });
  expect(await rowsOf(personId)).toBe(0);
  expect((await desk.ask('POST', '/reservations', body)).body).toMatchObject({ slug: 'term-erased' });
  await desk.restart();
  expect((await desk.ask('GET', `/terms/${other.termId}`)).body).toMatchObject({ state: 'erased' });
});
