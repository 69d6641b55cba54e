import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { BoardDesk } from '../rehearsal/board-desk.js';
import * as desk from '../rehearsal/desk-events.js';
import { idOf } from '../rehearsal/desk-events.js';
import type { AlternativesAnswer } from './alternatives.http.js';

let capacity: BoardDesk;
let position: string;
const place = (latitude: number) => ({ position: { latitude, longitude: 141.35 }, wheelchairAccessible: true });
beforeAll(async () => {
  capacity = await BoardDesk.open();
  position = await capacity.tell(
    desk.ground(),
    desk.venue('北', place(43.09)),
    desk.venue('中央', place(43.055)),
    desk.venue('南', place(42.99)),
    desk.scheduled('full', { venue: '北', capacity: 1 }),
    desk.made('full', 'r1'),
    desk.scheduled('north', { venue: '北', dates: [['2098-08-06']] }),
    desk.scheduled('centre', { venue: '中央', dates: [['2098-08-07']] }),
    desk.scheduled('south', { venue: '南', dates: [['2098-08-06', '11:00', '13:00']] }),
    desk.scheduled('nowhere', { venue: '?', dates: [['2098-08-06']] }),
  );
});
afterAll(() => capacity?.close());

const asked = async (body: object, waitFor = position) => {
  const answer = await capacity.ask(`/capacity/sessions/${idOf('full')}/alternatives`, { body, waitFor });
  expect(answer.status).toBe(200);
  return (await answer.json()) as AlternativesAnswer;
};
const codes = ({ alternatives }: AlternativesAnswer) => alternatives.map(({ sessionCode }) => sessionCode);

test('a full session is answered with at least three others, measured from its venue', async () => {
  const answer = await asked({});
  expect(answer.origin).toBe('venue');
  expect(codes(answer)).toEqual(['north', 'centre', 'south', 'nowhere']);
  expect(answer.alternatives[1]).toMatchObject({
    ...{ rank: 2, distanceKm: 3.9, reason: '同じ講座・3.9km・2日後・残り10席', seatsLeft: 10, state: 'open' },
  });
  expect(answer.asOf.position).not.toBeNull();
});

test('with a postcode it is measured from the ward of the caller', async () => {
  const answer = await asked({ postalCode: '005-0002' });
  expect(answer.origin).toBe('postalCode');
  expect(codes(answer)[0]).toBe('south');
  expect((await asked({ postalCode: '1000001' })).origin).toBe('venue');
});

test('nothing is offered that clashes with what the person has, or that a wheelchair does not get into', async () => {
  const waitFor = await capacity.tell(desk.made('north', 'r2', { person: 'p2' }));
  expect(codes(await asked({ personId: idOf('p2') }, waitFor))).toEqual(['centre']);
  const free = await capacity.tell(desk.cancelled('north', 'r2'));
  expect(codes(await asked({ personId: idOf('p2'), wheelchair: true }, free))).toEqual(['north', 'centre', 'south']);
});

test('whoever moves is offered what is at the hour of the seat they give up, and not that seat', async () => {
  const waitFor = await capacity.tell(desk.made('north', 'r3', { person: 'p3' }));
  const moving = { personId: idOf('p3'), leavingSessionId: idOf('north') };
  expect(codes(await asked(moving, waitFor))).toEqual(['centre', 'south', 'nowhere']);
  const other = await capacity.tell(desk.made('centre', 'r4', { person: 'p3' }));
  expect(codes(await asked(moving, other))).toEqual(['south', 'nowhere']);
  await capacity.tell(desk.cancelled('north', 'r3'), desk.cancelled('centre', 'r4'));
});

test('whoever asks about a session in which they have a seat is offered another at the same hour', async () => {
  const waitFor = await capacity.tell(
    desk.scheduled('full-twin', { venue: '中央' }),
    desk.made('full', 'r5', { person: 'p5' }),
  );
  expect(codes(await asked({ personId: idOf('p5') }, waitFor))).toContain('full-twin');
});

test('whose class was called off is offered other classes at its hour', async () => {
  const waitFor = await capacity.tell(
    desk.scheduled('off', { venue: '中央', dates: [['2098-08-06', '10:00', '13:00']] }),
    desk.made('off', 'r6', { person: 'p6' }),
  );
  expect(codes(await asked({ personId: idOf('p6') }, waitFor))).not.toContain('north');
  const off = await capacity.tell(desk.calledOff('off'));
  expect(codes(await asked({ personId: idOf('p6') }, off))).toEqual(expect.arrayContaining(['north', 'south']));
});

test('no wheelchair is sent to a venue of which the latest news could not be read', async () => {
  const { stream } = desk.venue('改修中');
  await capacity.tell(desk.venue('改修中', place(43.1)), desk.scheduled('stepless', { venue: '改修中' }));
  expect(codes(await asked({ wheelchair: true }, await capacity.tell(desk.termOpened('t1'))))).toContain('stepless');
  const waitFor = await capacity.tell(desk.odd(stream), desk.venue('改修中', { wheelchairAccessible: false }));
  expect(codes(await asked({ wheelchair: true }, waitFor))).not.toContain('stepless');
});

test.each([
  [{ postalCode: '北海道札幌市' }, 400, 'invalid-body'],
  [{ seats: 10_000, wheelchair: 'yes', personId: 'p1', name: 'x' }, 400, 'invalid-body'],
  [[], 400, 'invalid-body'],
  [{ leavingSessionId: 'north' }, 400, 'invalid-body'],
])('%j is refused', async (body, status, slug) => {
  const answer = await capacity.ask(`/capacity/sessions/${idOf('full')}/alternatives`, { body });
  expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ slug })]);
});

test('only the desk may ask, and only about a session that is there', async () => {
  const path = `/capacity/sessions/${idOf('full')}/alternatives`;
  expect((await capacity.ask(path, { body: {}, roles: ['city'] })).status).toBe(403);
  expect((await capacity.ask(`/capacity/sessions/${idOf('none')}/alternatives`, { body: {} })).status).toBe(404);
});
