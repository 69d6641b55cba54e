import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { until, type RehearsalConsumer } from '../rehearsal/rehearsal-consumer.js';
import { headCount, readHeadCount } from '../rehearsal/head-count.js';
import { HeardLog } from '../rehearsal/heard-log.js';
import { nameIn } from '../rehearsal/small-session.js';
import type { HeardEvent } from '../subscription/subscriber.js';
import type { Subscription } from '../subscription/subscription.js';
import { JointDelivery } from './joint-delivery.js';

const PARTITIONS = [0, 1, 2, 3, 4, 5, 6, 7];

let heard: HeardLog;
let byPartition: HeardEvent[][];
beforeAll(async () => {
  heard = await HeardLog.make();
  for (const p of PARTITIONS) {
    await heard.open(nameIn(p));
    await heard.reserve(nameIn(p), 'a', 'b');
  }
  const events = await heard.heardEvents();
  byPartition = PARTITIONS.map((p) => events.filter((event) => event.p === p));
});
afterAll(() => heard.close());

let consumer: RehearsalConsumer;
let subscription: Subscription;
beforeEach(async () => {
  consumer = await heard.consumer();
  subscription = await consumer.prepare(headCount(), heard.feed());
});

describe('what the partitions of a topic bring at the same time', () => {
  test('is applied in one transaction, and each is told its own outcome', async () => {
    const joint = new JointDelivery('reservations', subscription);
    const delivered = await Promise.all(byPartition.map((events) => joint.deliver(events)));
    expect(delivered).toEqual(PARTITIONS.map((p) => ({ p, next: 4, hole: false })));
    const { rows } = await consumer.pool.query('select count(distinct xmin::text)::int as transactions from position');
    expect(rows).toEqual([{ transactions: 1 }]);
    expect(await readHeadCount(consumer.pool)).toHaveLength(PARTITIONS.length);
  });

  test('waits together while a transaction is under way, and a hole in one partition holds up no other', async () => {
    const joint = new JointDelivery('reservations', subscription);
    const first = joint.deliver(byPartition[0]!);
    await new Promise((resolve) => setImmediate(resolve));
    const second = joint.deliver(byPartition[1]!.slice(1));
    const third = joint.deliver(byPartition[2]!);
    expect(await Promise.all([first, second, third])).toEqual([
      { p: 0, next: 4, hole: false },
      { p: 1, next: 1, hole: true },
      { p: 2, next: 4, hole: false },
    ]);
  });

  test('is told of as not applied to each of them when it was not, and comes in once it is brought again', async () => {
    const joint = new JointDelivery('reservations', subscription);
    const blocking = await consumer.pool.connect();
    await blocking.query('begin');
    await blocking.query('lock table position');
    const together = Promise.allSettled(byPartition.map((events) => joint.deliver(events)));
    await until(async () => {
      const { rowCount } = await consumer.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return rowCount === 1;
    });
    const outcomes = await together;
    await blocking.query('rollback');
    blocking.release();
    expect(outcomes.map(({ status }) => status)).toEqual(PARTITIONS.map(() => 'rejected'));
    const again = await Promise.all(byPartition.map((events) => joint.deliver(events)));
    expect(again).toEqual(PARTITIONS.map((p) => ({ p, next: 4, hole: false })));
  });
});
