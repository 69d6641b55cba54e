import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { UnknownEvent } from '#contracts/event-catalogue.js';
import { headCount, readHeadCount } from '../rehearsal/head-count.js';
import { HeardLog } from '../rehearsal/heard-log.js';
import { RehearsalConsumer, until } from '../rehearsal/rehearsal-consumer.js';
import { nameIn, on } from '../rehearsal/small-session.js';
import { dropParked, listParked, park, parkedStreams, PARKING_LIMIT, retryParked } from './parking.js';
import { movePositions } from './positions.js';
import type { Projection } from './subscriber.js';
import { inTransaction } from './transaction.js';

let heard: HeardLog;
beforeAll(async () => {
  heard = await HeardLog.make();
});
afterAll(() => heard.close());

const poisoned = headCount(new Set(['poison']));
const streamOf = (name: string) => `small-session-${name}`;
const rowOf = async (consumer: RehearsalConsumer, name: string) =>
  (await readHeadCount(consumer.pool)).find(({ stream }) => stream === streamOf(name));
const parkedOf = async (consumer: RehearsalConsumer, name: string) =>
  (await listParked(consumer.pool, 'head-count')).find(({ stream }) => stream === streamOf(name))!;

/** A session whose second booking cannot be applied, heard to the end. */
async function poisonedSession(name: string) {
  await heard.open(name);
  await heard.reserve(name, 'before', 'poison', 'after 1', 'after 2');
  const consumer = await heard.consumer();
  const feed = heard.feed();
  const subscription = await consumer.prepare(poisoned, feed);
  const following = await consumer.follow(poisoned, feed);
  await until(async () => (await parkedOf(consumer, name))?.events === 3, 'the session being parked');
  return { consumer, subscription, following };
}

describe('an event that cannot be applied', () => {
  test('parks its stream and the followers in order, and no other stream', async () => {
    const [name, neighbour] = [nameIn(1), nameIn(1, 1)];
    await heard.open(neighbour);
    const { consumer } = await poisonedSession(name);
    await heard.reserve(neighbour, 'x', 'poisonous is not poison');
    await heard.reserve(name, 'later');
    await until(async () => (await rowOf(consumer, neighbour))?.persons === 2);
    await until(async () => (await parkedOf(consumer, name)).events === 4);
    expect(await rowOf(consumer, name)).toMatchObject({ persons: 1, events: 2 });
    expect(await parkedOf(consumer, name)).toMatchObject({ attempts: 1, version: 1, source: 'reservations' });
    expect([...(await parkedStreams(consumer.pool, 'head-count', 'reservations'))]).toEqual([streamOf(name)]);
    const { rows } = await consumer.pool.query<{ person: string }>(
      `select event->'data'->>'person' as person from parked_event order by seq`,
    );
    expect(rows.map(({ person }) => person)).toEqual(['poison', 'after 1', 'after 2', 'later']);
    expect(consumer.alarms.list()).toEqual([]);
  });

  test('retried in vain, stays parked with one more attempt and not a row changed', async () => {
    const name = nameIn(2);
    const { consumer, subscription } = await poisonedSession(name);
    const parked = await parkedOf(consumer, name);
    const failsLater = headCount(new Set(['after 2']));
    const again = await consumer.prepare(failsLater, heard.feed());
    await expect(
      retryParked(consumer.pool, parked, (events, client) => again.applyParked(events, client)),
    ).rejects.toThrow('cannot be applied');
    expect(await rowOf(consumer, name)).toMatchObject({ persons: 1, events: 2 });
    expect(await parkedOf(consumer, name)).toMatchObject({ attempts: 2, events: 3 });
    await expect(
      retryParked(consumer.pool, { ...parked, stream: 'unknown' }, (e, c) => subscription.applyParked(e, c)),
    ).rejects.toMatchObject({ slug: 'not-found' });
  });

  test('retried with its cause mended, is applied with its followers, and later events after them', async () => {
    const name = nameIn(3);
    const { consumer, following } = await poisonedSession(name);
    await following.stop();
    const mended = await consumer.prepare(headCount(), heard.feed());
    await consumer.follow(headCount(), heard.feed());
    await heard.reserve(name, 'while parked');
    await until(async () => (await parkedOf(consumer, name)).events === 4);
    const applied: number[] = [];
    const count = await retryParked(consumer.pool, await parkedOf(consumer, name), async (events, client) => {
      applied.push(...events.map(({ version }) => version));
      await mended.applyParked(events, client);
    });
    expect([count, applied]).toEqual([4, [3, 4, 5, 6]]);
    await heard.reserve(name, 'afterwards');
    await until(async () => (await rowOf(consumer, name))?.persons === 6);
    expect(await parkedOf(consumer, name)).toBeUndefined();
  });

  test('given up with a reason, is kept with it, and later events are applied', async () => {
    const name = nameIn(4);
    const { consumer } = await poisonedSession(name);
    const parked = await parkedOf(consumer, name);
    await expect(dropParked(consumer.pool, parked, ' ', 'supervisor-1')).rejects.toMatchObject({
      slug: 'reason-missing',
    });
    expect(await dropParked(consumer.pool, parked, 'entered by hand', 'supervisor-1')).toBe(3);
    await heard.reserve(name, 'afterwards');
    await until(async () => (await rowOf(consumer, name))?.persons === 2);
    const { rows } = await consumer.pool.query('select stream, reason, account, error from dropped_event order by seq');
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatchObject({ stream: streamOf(name), reason: 'entered by hand', account: 'supervisor-1' });
    expect(rows[0].error).toMatch(/^Error at .*head-count\.ts:\d+/);
    expect((await parkedStreams(consumer.pool, 'head-count')).has(streamOf(name))).toBe(false);
  });

  test('parks its stream for a second process too, even one that came while the first was at work', async () => {
    const name = nameIn(5);
    await heard.open(name);
    await heard.reserve(name, 'poison', 'follower');
    const consumer = await heard.consumer();
    const second = await consumer.prepare(headCount(), heard.feed());
    const events = (await heard.heardEvents()).filter(({ stream }) => stream === streamOf(name));
    const before = (await heard.heardEvents()).filter(({ p, seq }) => p === 5 && seq < events[1]!.seq);
    await second.deliver('reservations', before);
    // The first process: is at the position when the second comes, parks and moves on
    await inTransaction(consumer.pool, async (client) => {
      await client.query(`select from position where subscription = 'head-count' and p = 5 for update`);
      expect(await second.deliver('reservations', events.slice(1))).toEqual([]);
      const poison = events[1]!;
      const place = { subscription: 'head-count', version: 1, source: 'reservations' };
      await park(client, place, [{ event: poison, error: 'by the first process' }]);
      await movePositions(client, 'head-count', 1, 'reservations', [
        { p: 5, next: poison.seq + 1, logId: poison.logId, lastEventId: poison.eventId, lastAt: poison.at },
      ]);
    });
    await second.deliver('reservations', events.slice(1));
    expect(await parkedOf(consumer, name)).toMatchObject({ events: 2 });
    expect(await rowOf(consumer, name)).toMatchObject({ persons: 0, events: 1 });
  });

  test('of a type or version this service does not know, parks its stream and says which', async () => {
    const name = nameIn(6);
    await heard.open(name);
    await heard.lanes.submit(on(name, { do: 'close' }));
    const consumer = await heard.consumer();
    const old: Projection = {
      ...headCount(),
      read: (event) => {
        if (event.type === 'Closed') throw new UnknownEvent(event.type, event.schemaVersion, undefined);
        return event;
      },
    };
    await consumer.follow(old, heard.feed());
    await until(async () => (await parkedOf(consumer, name)) !== undefined);
    expect((await parkedOf(consumer, name)).error).toMatch(/^UnknownEvent: No event Closed\.v1: the type is unknown/);
  });
});

test('what is kept of an error tells its kind and place, and no value that it quoted', async () => {
  const name = nameIn(7);
  await heard.open(name);
  const mark = 'MARKED-Yamada';
  const quoting: Record<string, (person: string) => unknown> = {
    own: (person) => {
      throw new Error(`Cannot seat ${person}.`);
    },
    json: (person) => JSON.parse(person),
    postgres: () => 'invalid input syntax quotes the value',
  };
  await heard.reserve(name, mark);
  for (const [kind, fail] of Object.entries(quoting)) {
    const consumer = await heard.consumer();
    const projection: Projection = {
      ...headCount(),
      apply: async (batch, { client }) => {
        for (const { stream, data } of batch) {
          const { person } = data as { person?: string };
          if (stream !== streamOf(name) || person === undefined) continue;
          if (kind === 'postgres') await client.query('select $1::text::uuid', [person]);
          else fail(person);
        }
      },
    };
    await consumer.follow(projection, heard.feed());
    await until(async () => (await parkedOf(consumer, name)) !== undefined);
    const { error } = await parkedOf(consumer, name);
    expect(error).not.toContain('MARKED');
    expect(error).toMatch(
      { own: /^Error at .*parking\.spec\.ts:\d+\)?$/, json: /^SyntaxError/, postgres: /22P02/ }[kind]!,
    );
  }
});

test('more parked streams than a stream can be blamed for stop the subscription, and nothing more is applied', async () => {
  const all = await HeardLog.make();
  try {
    const names = Array.from({ length: PARKING_LIMIT + 10 }, (_, i) => `m${i}`);
    await Promise.all(names.map((name) => all.open(name)));
    const consumer = await all.consumer();
    const following = await consumer.follow(poisoned, all.feed());
    await all.upToDate(consumer);
    await Promise.all(names.slice(0, 60).map((name) => all.reserve(name, 'poison')));
    await until(async () => (await listParked(consumer.pool)).length === 60);
    await Promise.all(names.slice(60).map((name) => all.reserve(name, 'poison')));
    await until(() => consumer.alarms.list().some(({ name, stops }) => name === 'too-many-parked' && stops));
    expect((await listParked(consumer.pool)).length).toBeLessThanOrEqual(PARKING_LIMIT);
    await following.stop();
    // Mended code goes on where the other stopped, and its alarm is off
    const subscription = await consumer.prepare(headCount(), all.feed());
    await consumer.follow(headCount(), all.feed());
    await until(() => consumer.alarms.list().length === 0);
    for (const parked of await listParked(consumer.pool)) {
      await retryParked(consumer.pool, parked, (events, client) => subscription.applyParked(events, client));
    }
    await all.upToDate(consumer);
  } finally {
    await all.close();
  }
});
