import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { headCount, readHeadCount } from '../rehearsal/head-count.js';
import { HeardLog } from '../rehearsal/heard-log.js';
import { until } from '../rehearsal/rehearsal-consumer.js';
import { nameIn } from '../rehearsal/small-session.js';
import { listParked } from './parking.js';
import type { HeardEvent, Projection } from './subscriber.js';

let heard: HeardLog;
beforeEach(async () => {
  heard = await HeardLog.make();
});
afterEach(() => heard.close());

const streamOf = (name: string) => `small-session-${name}`;

async function newcomers(name: string, ...persons: readonly string[]): Promise<HeardEvent[]> {
  const known = new Set((await heard.heardEvents()).map(({ eventId }) => eventId));
  await heard.reserve(name, ...persons);
  return (await heard.heardEvents()).filter(({ eventId }) => !known.has(eventId));
}

test('what another process has applied since is not counted again', async () => {
  const name = nameIn(0);
  await heard.open(name);
  const consumer = await heard.consumer();
  const feed = heard.feed();
  const [one, other] = [await consumer.prepare(headCount(), feed), await consumer.prepare(headCount(), feed)];
  await one.deliver('reservations', await heard.heardEvents());
  const first = await newcomers(name, 'first');
  const second = await newcomers(name, 'second');
  await other.deliver('reservations', first);
  // It still takes the first for new
  await one.deliver('reservations', [...first, ...second]);
  expect(await readHeadCount(consumer.pool)).toEqual([{ stream: streamOf(name), persons: 2, events: 3 }]);
});

test('a batch that asks for tables which a swap holds does not hold up the swap', async () => {
  const name = nameIn(3);
  await heard.open(name);
  const asking: Projection = {
    ...headCount(),
    apply: async (batch, context) => {
      await context.client.query(`select count(*) from ${context.schema}.session`);
      return headCount().apply(batch, context);
    },
  };
  const consumer = await heard.consumer();
  const subscription = await consumer.prepare(asking, heard.feed());
  await subscription.deliver('reservations', await heard.heardEvents());
  const swap = await consumer.pool.connect();
  await swap.query('begin');
  await swap.query(`select from position where subscription = 'head-count' for update`);
  await swap.query('lock table head_count.session in access exclusive mode');
  const delivery = subscription.deliver('reservations', await newcomers(name, 'first'));
  await until(async () => {
    const { rows } = await swap.query(
      `select from pg_locks where relation = 'head_count.session'::regclass and not granted`,
    );
    return rows.length > 0;
  }, 'the batch waiting for the tables');
  await swap.query(`select from subscription where name = 'head-count' for update nowait`);
  await swap.query('rollback');
  swap.release();
  // The positions were taken: what was delivered comes again
  expect(await delivery).toEqual([]);
});

test('what cannot be folded ahead parks its stream and the followers, and no other stream', async () => {
  const [name, neighbour] = [nameIn(1), nameIn(1, 1)];
  await heard.open(name);
  await heard.open(neighbour);
  const asking: Projection = {
    ...headCount(),
    apply: async (batch, context) => {
      const persons = batch.flatMap(({ data }) => (data as { person?: string }).person ?? []);
      // PostgreSQL refuses what is no number, and everything behind it in the transaction
      await context.client.query(`select person::int from unnest($1::text[]) person`, [persons]);
      return headCount().apply(batch, context);
    },
  };
  const consumer = await heard.consumer();
  const subscription = await consumer.prepare(asking, heard.feed());
  await subscription.deliver('reservations', await heard.heardEvents());
  for (const [place, person] of [
    [name, '1'],
    [name, 'no number'],
    [name, 'a follower'],
    [name, '3'],
    [neighbour, '4'],
  ] as const) {
    await subscription.deliver('reservations', await newcomers(place, person));
  }
  const [parked, ...others] = await listParked(consumer.pool, 'head-count');
  expect(parked).toMatchObject({ stream: streamOf(name), events: 3 });
  expect(others).toEqual([]);
  const rows = await readHeadCount(consumer.pool);
  expect(rows).toContainEqual({ stream: streamOf(name), persons: 1, events: 2 });
  expect(rows).toContainEqual({ stream: streamOf(neighbour), persons: 1, events: 2 });
});

test('a statement that never reaches PostgreSQL is not committed without', async () => {
  const name = nameIn(2);
  await heard.open(name);
  const careless: Projection = {
    ...headCount(),
    apply: async (batch, { schema }) =>
      batch.map(({ stream, data }) => ({
        text: `insert into ${schema}.session values ($1, 1, 1)`,
        values: (data as { person?: string }).person === 'lost' ? ('no list' as never) : [stream],
      })),
  };
  const consumer = await heard.consumer();
  const subscription = await consumer.prepare(careless, heard.feed());
  await subscription.deliver('reservations', await heard.heardEvents());
  await subscription.deliver('reservations', await newcomers(name, 'lost'));
  expect(await listParked(consumer.pool, 'head-count')).toMatchObject([{ stream: streamOf(name), events: 1 }]);
});
