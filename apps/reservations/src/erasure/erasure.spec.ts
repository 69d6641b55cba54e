import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { KeyDirectory } from '#vault/key-directory.js';
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
async function putBack(row: object): Promise<void> {
  const columns = Object.keys(row);
  await pool.query(
    `insert into person (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
    Object.values(row),
  );
}
/** Until somebody waits for a lock that `holder` has. */
async function waiting(holder: pg.ClientBase): Promise<void> {
  for (;;) {
    const { rows } = await holder.query('select from pg_locks where not granted and relation is not null');
    if (rows.length > 0) return;
  }
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

  test('their booking is found by its number and in its session, as 消去済, and can be cancelled without a note', async () => {
    const { personId, reservationId, receiptNumber } = await booked('E-4', 4);
    const { sessionId } = (await desk.ask('GET', `/reservations/${reservationId}`)).body;
    await desk.ask('POST', `/persons/${personId}/erase`, order, 'manager');
    await desk.ask('POST', `/persons/${personId}/erase`, order, 'privacyOfficer');
    for (const by of [{ receiptNumber }, { sessionId }]) {
      const found = await desk.ask('POST', '/reservations/search', { ...by, purpose: 'change' });
      expect(found.body.reservations).toMatchObject([{ reservationId, maskedName: '消去済' }]);
    }
    const cancel = (body: object) => desk.ask('POST', `/reservations/${reservationId}/cancel`, body);
    const withNote = await cancel({ reasonCode: 'illness', note: '入院' });
    expect(withNote).toMatchObject({ status: 410, body: { slug: 'person-erased' } });
    expect(withNote.body.detail).toContain('without a note');
    expect((await cancel({ reasonCode: 'illness' })).status).toBe(200);
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
    await putBack(dump.rows[0] as object);
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

describe('a backup made while a term was open, restored after the term was erased', () => {
  test('does not keep the desk from starting, and the term is erased again', async () => {
    const open = await openSmallTerm(desk, 8);
    const sessionId = await open.schedule('T-2', 5);
    const body = { sessionId, attendees: [{ applicant: applicant(80) }] };
    const { personId } = (await desk.ask('POST', '/reservations', body)).body.reservations[0];
    const keys = await KeyDirectory.open(desk.keyDirectory);
    await keys.destroyTerm(open.termId, { by: 'a-2', instructionNumber: '札デ第14号' });
    await desk.restart();
    expect((await desk.ask('GET', `/terms/${open.termId}`)).body).toMatchObject({ state: 'erased' });
    expect(await rowsOf(personId)).toBe(0);
  });

  test('the rows that a crash left behind go at the next start', async () => {
    const closed = await openSmallTerm(desk, 9);
    const sessionId = await closed.schedule('T-3', 5);
    const body = { sessionId, attendees: [{ applicant: applicant(90) }] };
    const { personId } = (await desk.ask('POST', '/reservations', body)).body.reservations[0];
    const row = (await pool.query('select * from person where person_id = $1', [personId])).rows[0] as object;
    const path = `/terms/${closed.termId}/erase`;
    await desk.ask('POST', `/terms/${closed.termId}/close`, undefined, 'supervisor');
    await desk.ask('POST', path, order, 'manager');
    await desk.ask('POST', path, order, 'privacyOfficer');
    await putBack(row);
    await desk.restart();
    expect(await rowsOf(personId)).toBe(0);
  });
});

test('a term that is opened again while the second office agrees keeps its keys', async () => {
  const other = await openSmallTerm(desk, 10);
  const path = `/terms/${other.termId}/erase`;
  await desk.ask('POST', `/terms/${other.termId}/close`, undefined, 'supervisor');
  await desk.ask('POST', path, order, 'manager');
  // The second request has found the term closed, and waits for the first one's order
  const locking = await pool.connect();
  await locking.query('begin');
  await locking.query('lock table erasure_order in access exclusive mode');
  const second = desk.ask('POST', path, order, 'privacyOfficer');
  await waiting(locking);
  expect((await desk.ask('POST', `/terms/${other.termId}/open`, {}, 'supervisor')).status).toBe(200);
  await locking.query('commit');
  locking.release();
  expect((await second).body).toMatchObject({ slug: 'term-open' });
  const keys = await KeyDirectory.open(desk.keyDirectory);
  expect(keys.isErased('term', other.termId)).toBe(false);
});
