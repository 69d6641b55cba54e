import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { openRehearsalDesk, type RehearsalDesk } from '../rehearsal/rehearsal-desk.js';
import { applicant, openSmallTerm, type SmallTerm } from '../rehearsal/small-term.js';

let desk: RehearsalDesk;
let term: SmallTerm;
let pool: pg.Pool;
beforeAll(async () => {
  desk = await openRehearsalDesk({ holdSeconds: 1 });
  term = await openSmallTerm(desk);
  pool = new pg.Pool({ connectionString: desk.databaseUrl, max: 1 });
});
afterAll(async () => {
  await pool?.end();
  await desk?.close();
});

const hold = async (sessionId: string) =>
  (await desk.ask('POST', '/holds', { sessionId, seats: 1 })).body.holdId as string;
const book = (sessionId: string, holdId: string, nth: number) =>
  desk.ask('POST', '/reservations', { sessionId, holdId, attendees: [{ applicant: applicant(nth) }] });

async function releases(holdId: string, count: number): Promise<unknown[]> {
  for (let tries = 0; tries < 100; tries++) {
    const { rows } = await pool.query(
      `select data ->> 'cause' as cause from events where type = 'HoldReleased' and data ->> 'holdId' = $1`,
      [holdId],
    );
    if (rows.length >= count) return rows;
    await wait(100);
  }
  throw new Error('The hold was not released.');
}

test('a hold lapses without anybody asking, once, also when the desk was stopped meanwhile', async () => {
  const one = await hold(await term.schedule('H-1', 1));
  expect(await releases(one, 1)).toEqual([{ cause: 'lapsed' }]);
  const other = await hold(await term.schedule('H-2', 1));
  await desk.restart();
  expect(await releases(other, 1)).toEqual([{ cause: 'lapsed' }]);
  await wait(1_500);
  expect(await releases(other, 1)).toHaveLength(1);
});

test('who confirms late keeps the seat while it is free, and is told once it is gone', async () => {
  const sessionId = await term.schedule('H-3', 1);
  const late = await hold(sessionId);
  await releases(late, 1);
  const another = await hold(sessionId);
  expect(await book(sessionId, late, 1)).toMatchObject({ status: 409, body: { slug: 'hold-expired' } });
  await releases(another, 1);
  expect((await book(sessionId, late, 1)).status).toBe(201);
});

test('a hold that was let go is over; letting it go again changes nothing', async () => {
  const sessionId = await term.schedule('H-4', 1);
  const holdId = await hold(sessionId);
  expect(await desk.ask('DELETE', `/holds/${holdId}`)).toMatchObject({ status: 200, body: { holdId } });
  expect((await desk.ask('DELETE', `/holds/${holdId}`)).status).toBe(200);
  expect(await book(sessionId, holdId, 2)).toMatchObject({ status: 404 });
  expect((await desk.ask('POST', `/holds/${holdId}/extend`)).body).toMatchObject({ slug: 'hold-expired' });
});
