import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { openRehearsalDesk, type RehearsalDesk } from '../rehearsal/rehearsal-desk.js';
import { applicant, openSmallTerm, type SmallTerm } from '../rehearsal/small-term.js';

/** The fields of capacity's AlternativesBody; it refuses every other. */
const KNOWN = ['postalCode', 'wheelchair', 'personId', 'seats'];

let capacity: Server;
let desk: RehearsalDesk;
let pool: pg.Pool;
let term: SmallTerm;
/** Where there is room; what capacity answers. */
let elsewhere: string;
beforeAll(async () => {
  capacity = createServer(async (request, response) => {
    const body = JSON.parse(await text(request)) as object;
    const isKnown = Object.keys(body).every((field) => KNOWN.includes(field));
    response.writeHead(isKnown ? 200 : 400, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ alternatives: [{ sessionId: elsewhere, seatsLeft: 3 }] }));
  });
  await new Promise<void>((listening) => capacity.listen(0, '127.0.0.1', listening));
  const { port } = capacity.address() as AddressInfo;
  desk = await openRehearsalDesk({ capacityUrl: `http://127.0.0.1:${port}` });
  pool = new pg.Pool({ connectionString: desk.databaseUrl, max: 1 });
  term = await openSmallTerm(desk);
  elsewhere = await term.schedule('elsewhere', 50);
});
afterAll(async () => {
  await pool?.end();
  await desk?.close();
  capacity?.close();
});

/** Capacity has 100 ms, which a busy machine may miss: then asked again, as an operator would. */
async function ask(path: string, body: object, as: 'operator' | 'supervisor' = 'operator') {
  for (let tries = 1; ; tries++) {
    const answer = await desk.ask('POST', path, body, as);
    if (answer.body.alternativesUnavailable !== true || tries === 5) return answer;
  }
}

let nth = 0;
const book = (sessionId: string, more: object = {}) =>
  ask('/reservations', { sessionId, attendees: [{ applicant: applicant(++nth) }], ...more });
async function fullSession(sessionCode: string) {
  const sessionId = await term.schedule(sessionCode, 1);
  const { reservationId } = (await book(sessionId)).body.reservations[0];
  return { sessionId, reservationId: reservationId as string };
}
const offered = () => ({
  ...{ status: 409 },
  body: { slug: 'session-full', alternatives: [{ sessionId: elsewhere }], offerId: expect.any(String) },
});

describe('whoever is refused because a session is full is told where else there is room (R013)', () => {
  test('by the door of a booking, and of a hold', async () => {
    const { sessionId } = await fullSession('G-1');
    expect(await book(sessionId)).toMatchObject(offered());
    expect(await ask('/holds', { sessionId, seats: 1 })).toMatchObject(offered());
  });

  test('also when an offer led to the hold, and when the seat is held for a form on paper', async () => {
    const [one, next] = [await fullSession('G-2'), await fullSession('G-3')];
    const { offerId } = (await book(one.sessionId)).body;
    const hold = { sessionId: next.sessionId, seats: 1 };
    expect(await ask('/holds', { ...hold, offerId })).toMatchObject(offered());
    const until = new Date(Date.now() + 3_600_000).toISOString();
    expect(await ask('/holds', { ...hold, until }, 'supervisor')).toMatchObject(offered());
  });

  test('a seat that came free in the session they asked for is no guidance; one elsewhere is', async () => {
    const { sessionId, reservationId } = await fullSession('G-4');
    const { offerId } = (await book(sessionId)).body;
    await desk.ask('POST', `/reservations/${reservationId}/cancel`, { reasonCode: 'schedule' });
    const outcomes = async () => {
      const { rows } = await pool.query(
        `select data ->> 'takenSessionId' as taken from events where stream = $1 and type <> 'AlternativesOffered'`,
        [`offer-${offerId}`],
      );
      return (rows as { taken: string | null }[]).map(({ taken }) => taken);
    };
    expect(await book(sessionId, { offerId })).toMatchObject({ status: 201 });
    expect(await outcomes()).toEqual([]);
    expect(await book(elsewhere, { offerId })).toMatchObject({ status: 201 });
    expect(await outcomes()).toEqual([elsewhere]);
  });
});
