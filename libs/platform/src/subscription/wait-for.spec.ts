import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '#kernel/ids.js';
import { readLogId, renewLogId } from '../log/event-log.js';
import { headCount, readHeadCount } from '../rehearsal/head-count.js';
import { HeardLog } from '../rehearsal/heard-log.js';
import { RehearsalConsumer } from '../rehearsal/rehearsal-consumer.js';
import { nameIn, on } from '../rehearsal/small-session.js';
import { asOf, readAsOf } from './as-of.js';
import { formatPosition, parsePosition } from './position-token.js';
import { rebuild } from './rebuild.js';
import { waitFor } from './wait-for.js';

let heard: HeardLog;
beforeAll(async () => {
  heard = await HeardLog.make();
});
afterAll(() => heard.close());

/** A booking, and what the command answers as `Uketsuke-Position`. */
async function book(name: string, person: string): Promise<string> {
  const { positions } = await heard.lanes.submit(on(name, { do: 'reserve', person }));
  return formatPosition({ logId: await readLogId(heard.log.pool), positions })!;
}
const personsIn = async ({ pool }: RehearsalConsumer, name: string) =>
  (await readHeadCount(pool)).find(({ stream }) => stream.endsWith(name))?.persons;

describe('a read that waits for a write', () => {
  test('sees it, in the process that applies it and in one that only reads', async () => {
    const name = nameIn(1);
    await heard.open(name);
    const consumer = await heard.consumer();
    const feed = heard.feed();
    const subscription = await consumer.prepare(headCount(), feed);
    await consumer.followOn(subscription, feed);
    const reading = RehearsalConsumer.of(consumer.url);
    const elsewhere = await reading.prepare(headCount(), feed);
    for (let i = 1; i <= 20; i++) {
      const token = await book(name, `p${i}`);
      await waitFor(i % 2 === 0 ? subscription : elsewhere, 'reservations', token);
      expect(await personsIn(consumer, name)).toBe(i);
    }
    await reading.close();
  });

  test('is told not-yet when the time is up, and is answered as soon as it has come', async () => {
    const name = nameIn(2);
    await heard.open(name);
    const consumer = await heard.consumer();
    const feed = heard.feed();
    const subscription = await consumer.prepare(headCount(), feed);
    const token = await book(name, 'p');
    await expect(waitFor(subscription, 'reservations', token, 100)).rejects.toMatchObject({
      slug: 'not-yet',
      kind: 'unavailable',
    });
    const waiting = Promise.all(Array.from({ length: 50 }, () => waitFor(subscription, 'reservations', token, 20_000)));
    await consumer.followOn(subscription, feed);
    await waiting;
    expect(await personsIn(consumer, name)).toBe(1);
  });

  test('of another log is told so at once', async () => {
    const name = nameIn(3);
    await heard.open(name);
    const consumer = await heard.consumer();
    const feed = heard.feed();
    const subscription = await consumer.prepare(headCount(), feed);
    await consumer.followOn(subscription, feed);
    await heard.upToDate(consumer);
    // An hour would be waited, were it not another log
    await expect(waitFor(subscription, 'reservations', `${newId()}/3:1`, 3_600_000)).rejects.toThrow(/another log/);
  });

  test.each([
    '',
    'x',
    `${'0'.repeat(36)}/1:1`,
    '/1:1',
    'LOG/',
    'LOG/1:0',
    'LOG/1',
    'LOG/-1:2',
    'LOG/1:2,',
    'LOG/1:2,1:3',
    'LOG/1:9999999999999999',
  ])('with %j for a position is refused as invalid', (text) => {
    const token = text.replace('LOG', newId());
    expect(() => parsePosition(token)).toThrow(expect.objectContaining({ slug: 'invalid-position', kind: 'invalid' }));
  });

  test('takes what a command over several partitions answers', () => {
    const logId = newId();
    const token = formatPosition({
      logId,
      positions: [
        { p: 7, seq: 12 },
        { p: 0, seq: 1 },
      ],
    });
    expect(token).toBe(`${logId}/0:1,7:12`);
    expect(parsePosition(token!)).toEqual({
      logId,
      positions: [
        { p: 0, seq: 1 },
        { p: 7, seq: 12 },
      ],
    });
  });
});

describe('the position an answer names', () => {
  test('is that of its very rows, also while events are applied and tables swapped', async () => {
    const consumer = await heard.consumer();
    const feed = heard.feed();
    const subscription = await consumer.prepare(headCount(), feed);
    expect(await asOf(consumer.pool, 'head-count', 'reservations')).toEqual({ instant: null, position: null });
    const name = nameIn(4);
    await heard.open(name);
    await consumer.followOn(subscription, feed);
    await heard.upToDate(consumer);
    let going = true;
    const writing = (async () => {
      for (let i = 0; going; i++) await heard.reserve(name, `w${i}`);
    })();
    const rebuilding = rebuild(subscription, [heard.feed()]);
    let ended = false;
    void rebuilding.finally(() => (ended = true));
    for (let i = 0; i < 30 || !ended; i++) {
      const answer = await readAsOf(consumer.pool, 'head-count', 'reservations', async (client, schema) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return (await client.query<{ n: number }>(`select sum(events)::int as n from ${schema}.session`)).rows[0]!.n;
      });
      const { positions } = parsePosition(answer.asOf.position!);
      expect(answer.rows).toBe(positions.reduce((sum, { seq }) => sum + seq, 0));
    }
    going = false;
    await writing;
    expect((await rebuilding).equal).toBe(true);
    const events = await heard.log.events();
    await heard.upToDate(consumer);
    const { instant } = await asOf(consumer.pool, 'head-count', 'reservations');
    expect(Date.parse(instant!)).toBe(Math.max(...events.map(({ at }) => at)));
  });

  test('keeps tables that were filled later from taking the place of those it was read from', async () => {
    const consumer = await heard.consumer();
    const feed = heard.feed();
    const subscription = await consumer.prepare(headCount(), feed);
    await consumer.followOn(subscription, feed);
    await heard.open(nameIn(5));
    await heard.upToDate(consumer);
    const expected = await readHeadCount(consumer.pool);
    let rebuilding: Promise<{ equal: boolean | undefined }> | undefined;
    const { rows } = await readAsOf(consumer.pool, 'head-count', 'reservations', async (client, schema) => {
      rebuilding = rebuild(subscription, [heard.feed()]);
      await Promise.race([rebuilding, new Promise((resolve) => setTimeout(resolve, 2_000))]);
      return (await client.query(`select stream, persons, events from ${schema}.session order by stream collate "C"`))
        .rows;
    });
    expect(rows).toEqual(expected);
    expect((await rebuilding)?.equal).toBe(true);
  });

  test('of a log that was restored is not taken for one of the old log', async () => {
    const consumer = await heard.consumer();
    const feed = heard.feed();
    const subscription = await consumer.prepare(headCount(), feed);
    await consumer.followOn(subscription, feed);
    await heard.upToDate(consumer);
    await renewLogId(heard.log.pool);
    const token = await book(nameIn(4), 'in the new log');
    await expect(waitFor(subscription, 'reservations', token, 3_600_000)).rejects.toMatchObject({ slug: 'not-yet' });
  });
});
