import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { until } from '#platform/rehearsal/rehearsal-consumer.js';
import { openRehearsalDesk, type RehearsalDesk } from '../rehearsal/rehearsal-desk.js';
import { applicant, openSmallTerm, type SmallTerm } from '../rehearsal/small-term.js';

/** What capacity was asked, by the path. */
const asked: { readonly path: string | undefined; readonly body: unknown }[] = [];
let capacity: Server;
let desk: RehearsalDesk;
let term: SmallTerm;
beforeAll(async () => {
  capacity = createServer((request, response) => {
    void json(request).then((body) => {
      asked.push({ path: request.url, body });
      response.setHeader('content-type', 'application/json').end('{"alternatives":[]}');
    });
  }).listen(0, '127.0.0.1');
  await once(capacity, 'listening');
  desk = await openRehearsalDesk({ capacityUrl: `http://127.0.0.1:${(capacity.address() as AddressInfo).port}` });
  term = await openSmallTerm(desk);
});
afterAll(async () => {
  await desk?.close();
  capacity?.closeAllConnections();
  capacity?.close();
});

test('a move to a full session asks for others without counting the seat that it gives up', async () => {
  const [from, to] = [await term.schedule('F-1', 2), await term.schedule('F-2', 1)];
  const book = (sessionId: string, nth: number) =>
    desk.ask('POST', '/reservations', { sessionId, attendees: [{ applicant: applicant(nth) }] });
  await book(to, 1);
  const [{ reservationId, personId }] = (await book(from, 2)).body.reservations;
  const moved = await desk.ask('POST', `/reservations/${reservationId}/move`, { toSessionId: to });
  expect(moved).toMatchObject({ status: 409, body: { slug: 'session-full' } });
  // A slow machine gives capacity up before it has answered; it was asked all the same
  await until(() => asked.length > 0);
  expect(asked).toEqual([
    { path: `/capacity/sessions/${to}/alternatives`, body: { seats: 1, personId, leavingSessionId: from } },
  ]);
});
