import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { publishTypes } from '../log/event-log.js';
import { headCount, readHeadCount } from '../rehearsal/head-count.js';
import { HeardLog } from '../rehearsal/heard-log.js';
import { until } from '../rehearsal/rehearsal-consumer.js';
import { nameIn } from '../rehearsal/small-session.js';
import { Wakeups } from '../wakeup/wakeups.js';
import { EmbeddedFeed } from './embedded-feed.js';
import { BATCH } from './feed.js';
import { feedContract } from './feed.contract.js';
import { POLL } from './pump.js';

feedContract('embedded', async (log, source) => {
  await publishTypes(log.pool, ['Opened', 'Closed', 'Reserved', 'Cancelled']);
  const wakeups = new Wakeups({ url: log.url, name: 'rehearsal-wakeups' });
  await wakeups.open();
  const feeds: EmbeddedFeed[] = [];
  return {
    feed: () => {
      const feed = new EmbeddedFeed(source, { url: log.url, name: 'rehearsal-feed' });
      feeds.push(feed);
      return feed;
    },
    committed: () => wakeups.committed(),
    makeGood: async (p, seq) => {
      await log.findNumber(p, seq);
      wakeups.committed();
    },
    wipe: async () => {
      await log.loseEverything();
      wakeups.committed();
    },
    putBack: async () => {
      await log.findEverything();
      wakeups.committed();
    },
    storeWasRestored: async () => undefined,
    alarms: () => [],
    close: async () => {
      await Promise.all(feeds.map((feed) => feed.close()));
      await wakeups.close();
    },
  };
});

describe('a listener at a desk that is not busy', () => {
  let heard: HeardLog;
  beforeAll(async () => {
    heard = await HeardLog.make();
  });
  afterAll(() => heard.close());

  test('is handed each booking once, and nothing more until the poll comes round', async () => {
    const consumer = await heard.consumer();
    const feed = heard.feed();
    const subscription = await consumer.prepare(headCount(), feed);
    await heard.open(nameIn(2));
    const handed: number[][] = [];
    const start = performance.now();
    const following = await feed.follow({
      name: subscription.name,
      alarms: subscription.alarms,
      positions: (source) => subscription.positions(source),
      deliver: (source, events) => {
        handed.push(events.map(({ seq }) => seq));
        return subscription.deliver(source, events);
      },
    });
    await heard.upToDate(consumer);
    for (const person of ['a', 'b', 'c']) {
      await heard.reserve(nameIn(2), person);
      await heard.upToDate(consumer);
    }
    await following.stop();
    const bringing = handed.filter((seqs, nth) => seqs.at(-1) !== handed[nth - 1]?.at(-1));
    expect(bringing.map((seqs) => seqs.at(-1))).toEqual([1, 2, 3, 4]);
    const polls = (performance.now() - start) / POLL;
    expect(handed.length - bringing.length).toBeLessThanOrEqual(polls + 1);
  });

  test('is handed as many at once as it asks for', async () => {
    const consumer = await heard.consumer();
    const feed = heard.feed();
    const subscription = await consumer.prepare(headCount(), feed);
    await heard.open(nameIn(3));
    await heard.reserve(nameIn(3), ...Array.from({ length: 20 }, (_, i) => `guest ${i}`));
    const handed: number[] = [];
    const following = await feed.follow({
      name: subscription.name,
      alarms: subscription.alarms,
      batch: 32,
      positions: (source) => subscription.positions(source),
      deliver: (source, events) => {
        handed.push(events.filter(({ stream }) => stream.endsWith(nameIn(3))).length);
        return subscription.deliver(source, events);
      },
    });
    await heard.upToDate(consumer);
    await following.stop();
    // An eighth of the batch for each of eight partitions, behind the event that was applied last
    expect(Math.max(...handed)).toBe(4 + 1);
  });

  test('is told of a hole that is longer than a read, and goes on when it is made good', async () => {
    const consumer = await heard.consumer();
    const following = await consumer.follow(headCount(), heard.feed());
    // A read of eight partitions reaches an eighth of a batch in each
    const [p, persons] = [5, BATCH / 8 + 5];
    await heard.open(nameIn(p));
    await heard.upToDate(consumer);
    await heard.log.loseNumbers(p, 2, persons);
    await heard.reserve(nameIn(p), ...Array.from({ length: persons }, (_, i) => `person ${i}`));
    await until(() => consumer.alarms.list().some(({ detail }) => detail.includes('number 2 is missing')));
    expect(await counted()).toBe(1);
    await heard.log.findEverything();
    await until(async () => (await counted()) === persons + 1);
    await until(() => consumer.alarms.list().length === 0);
    await following.stop();

    async function counted() {
      const rows = await readHeadCount(consumer.pool);
      return rows.find(({ stream }) => stream.endsWith(nameIn(p)))!.events;
    }
  });
});
