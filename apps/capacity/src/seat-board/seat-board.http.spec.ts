import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { documentFlaws } from '#platform/rehearsal/document-flaws.js';
import { describeKafka } from '#servers/test-kafka.js';
import { openPool } from '#platform/log/connection.js';
import { BoardDesk } from '../rehearsal/board-desk.js';
import * as desk from '../rehearsal/desk-events.js';
import { idOf } from '../rehearsal/desk-events.js';
import type { BoardList, BoardSession } from './board-session.row.js';

function board(transport: string, brokers?: readonly string[]): void {
  describe(`the board over HTTP, ${transport}`, () => {
    let capacity: BoardDesk;
    beforeAll(async () => {
      capacity = await BoardDesk.open(brokers);
      await capacity.tell(
        desk.ground(),
        desk.venue('南区民センター', { ward: '南区', wardCode: '01106' }),
        desk.course('LINE'),
        desk.scheduled('a', { dates: [['2098-08-05', '10:00']], capacity: 2 }),
        desk.scheduled('b', {
          dates: [
            ['2098-08-05', '13:00'],
            ['2098-08-12', '13:00'],
          ],
          course: 'LINE',
        }),
        desk.scheduled('c', { dates: [['2098-08-06']], venue: '南区民センター', capacity: 1 }),
        desk.scheduled('past', { dates: [['2020-08-06']] }),
      );
    });
    afterAll(() => capacity?.close());

    const list = async (query: string, waitFor?: string) => {
      const answer = await capacity.ask(`/capacity/sessions${query}`, waitFor === undefined ? {} : { waitFor });
      return (await answer.json()) as BoardList;
    };
    const codes = async (query: string) => (await list(query)).sessions.map(({ sessionCode }) => sessionCode);

    test('a booking is seen by the very next read that asks for it, with the position it was read at', async () => {
      const position = await capacity.tell(desk.held('a', 'h1'), desk.made('a', 'r1', { hold: 'h1' }));
      const { asOf, sessions } = await list('', position);
      expect(sessions.find(({ sessionCode }) => sessionCode === 'a')).toMatchObject({
        reserved: 1,
        held: 0,
        seatsLeft: 1,
      });
      expect(asOf.position).toContain(position.split('/')[1]);
      expect(Date.parse(asOf.instant!)).toBeLessThanOrEqual(Date.now() + 1_000);
      const one = await capacity.ask(`/capacity/sessions/${idOf('a')}`, { waitFor: position });
      expect(await one.json()).toEqual(sessions.find(({ sessionCode }) => sessionCode === 'a'));
    });

    if (brokers !== undefined) return;

    test('is searched by term, course, venue, ward and date', async () => {
      expect(await codes('')).toEqual(['past', 'a', 'b', 'c']);
      expect(await codes(`?course=${idOf('LINE')}`)).toEqual(['b']);
      expect(await codes(`?venue=${idOf('南区民センター')}`)).toEqual(['c']);
      expect(await codes('?ward=%E5%8D%97%E5%8C%BA')).toEqual(['c']);
      expect(await codes('?ward=01106')).toEqual(['c']);
      expect(await codes(`?term=${idOf('t2')}`)).toEqual([]);
      expect(await codes('?from=2098-08-06')).toEqual(['b', 'c']);
      expect(await codes('?from=2098-08-07&to=2098-08-11')).toEqual([]);
    });

    test('shows only what can be booked now, if that is wanted', async () => {
      await capacity.tell(desk.made('c', 'r9'));
      await list('', await capacity.tell(desk.made('b', 'r8')));
      expect(await codes('?available=true')).toEqual(['a', 'b']);
      expect(await codes('?available=false')).toEqual(['past', 'a', 'b', 'c']);
    });

    test('comes in pages', async () => {
      const first = await list('?limit=2');
      expect(first.sessions).toHaveLength(2);
      expect((await list(`?limit=2&after=${first.next}`)).sessions.map(({ sessionCode }) => sessionCode)).toEqual([
        'b',
        'c',
      ]);
      expect((await list(`?limit=2&after=${first.next}`)).next).toBeUndefined();
    });

    test.each([
      ['/capacity/sessions?from=2026-02-29', 400, 'invalid-body'],
      ['/capacity/sessions?from=9999-12-31', 400, 'invalid-body'],
      ['/capacity/sessions?limit=0', 400, 'invalid-body'],
      ['/capacity/sessions?limit=1e9', 400, 'invalid-body'],
      ['/capacity/sessions?term=%00', 400, 'invalid-body'],
      ['/capacity/sessions?available=yes', 400, 'invalid-body'],
      ['/capacity/sessions?seats=1', 400, 'invalid-body'],
      ['/capacity/sessions?term=a&term=b', 400, 'invalid-body'],
      [`/capacity/sessions?after=${idOf('nowhere')}`, 400, 'invalid-body'],
      ['/capacity/sessions/-1', 404, 'not-found'],
      [`/capacity/sessions/${idOf('nowhere')}`, 404, 'not-found'],
      [`/capacity/sessions/${idOf('nowhere')}/at?instant=2026-11-22T10:00:00Z`, 404, 'not-found'],
      [`/capacity/sessions/${idOf('a')}/at`, 400, 'invalid-body'],
      [`/capacity/sessions/${idOf('a')}/at?instant=yesterday`, 400, 'invalid-body'],
      [`/capacity/sessions/${idOf('a')}/at?instant=2026-02-30T10:00:00Z`, 400, 'invalid-body'],
    ])('refuses %s', async (path, status, slug) => {
      const answer = await capacity.ask(path);
      expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ slug })]);
    });

    test('answers only those whom the gateway vouches for', async () => {
      expect((await fetch(`${capacity.service.url}/capacity/sessions`)).status).toBe(401);
      expect((await fetch(`${capacity.service.url}/capacity/live`)).status).toBe(401);
    });

    test('asked for what is not there yet it says so', async () => {
      const position = await capacity.tell(desk.course('新しい講座'));
      const later = position.replace(/\d+$/, (seq) => String(Number(seq) + 1));
      const answer = await capacity.askOnce('/capacity/sessions', { waitFor: later });
      expect([answer.status, await answer.json()]).toEqual([503, expect.objectContaining({ slug: 'not-yet' })]);
    });

    test('tells how a session stood at every instant', async () => {
      const instants = [];
      for (const [i, story] of [
        desk.scheduled('w', { capacity: 1, venue: '新館' }),
        desk.held('w', 'h5'),
        desk.made('w', 'r5', { hold: 'h5' }),
        desk.venue('新館', { ward: '東区' }),
        desk.cancelled('w', 'r5'),
      ].entries()) {
        const waitFor = await capacity.tell(story);
        await capacity.ask(`/capacity/sessions/${idOf('w')}/at?instant=2098-01-01T00:00:00Z`, { waitFor });
        const { rows } = await capacity.log.pool.query('select max(at) as at from events');
        instants.push(new Date(rows[0]!['at'] as number).toISOString());
        if (i < 4) await wait(5);
      }
      const at = async (instant: string) =>
        (await (await capacity.ask(`/capacity/sessions/${idOf('w')}/at?instant=${instant}`)).json()) as BoardSession;
      const seen = await Promise.all(instants.map(at));
      expect(seen.map(({ reserved, held, seatsLeft, ward }) => [reserved, held, seatsLeft, ward])).toEqual([
        [0, 0, 1, ''],
        [0, 1, 0, ''],
        [1, 0, 0, ''],
        [1, 0, 0, '東区'],
        [0, 0, 1, '東区'],
      ]);
      expect(seen.map(({ fullSince }) => fullSince)).toEqual([null, instants[1], instants[1], instants[1], null]);
      const justBefore = new Date(Date.parse(instants[2]!) - 1).toISOString();
      expect(await at(justBefore)).toEqual(seen[1]);
      expect(await at(new Date(Date.parse(instants[0]!) - 1).toISOString())).toMatchObject({ slug: 'not-found' });
      const now = await capacity.ask(`/capacity/sessions/${idOf('w')}`);
      expect(await at('2098-01-01T09:00:00%2B09:00')).toEqual(await now.json());
    });

    test('tells of this moment nothing older than what the board has shown', async () => {
      const path = `/capacity/sessions/${idOf('n')}/at?instant=`;
      await capacity.ask(`${path}2098-01-01T00:00:00Z`, { waitFor: await capacity.tell(desk.scheduled('n')) });
      const elsewhere = openPool({ url: capacity.database.url, name: 'spec' }, 1);
      try {
        await elsewhere.query(`begin; select from position where subscription = 'seat-history' for update`);
        await list('', await capacity.tell(desk.made('n', 'r7')));
        const behind = await capacity.askOnce(`${path}2098-01-01T00:00:00Z`);
        expect([behind.status, await behind.json()]).toEqual([503, expect.objectContaining({ slug: 'not-yet' })]);
        // Of what is long past everything has been heard: nobody waits for it
        expect((await capacity.askOnce(`${path}2020-01-01T00:00:00Z`)).status).toBe(404);
      } finally {
        await elsewhere.query('rollback');
        await elsewhere.end();
      }
      const now = await capacity.ask(`${path}2098-01-01T00:00:00Z`);
      expect(await now.json()).toMatchObject({ reserved: 1 });
    });

    test('documents every route with its answers and its refusals', async () => {
      const document = (await (await fetch(`${capacity.service.url}/openapi.json`)).json()) as {
        paths: Record<string, Record<string, { responses: Record<string, object> }>>;
      };
      expect(Object.keys(document.paths)).toEqual(
        expect.arrayContaining(['/capacity/sessions/{sessionId}/at', '/capacity/live']),
      );
      for (const route of Object.values(document.paths).flatMap((path) => Object.values(path))) {
        expect(Object.keys(route.responses)).toEqual(expect.arrayContaining(['200', '401', '403']));
      }
      expect(documentFlaws(document)).toEqual([]);
    });
  });
}

board('embedded');
await describeKafka('the board with Kafka', (brokers) => board('Kafka', brokers));
