import { afterEach, expect, test } from '@jest/globals';
import kafkajs from 'kafkajs';
import { describeKafka } from '#servers/test-kafka.js';
import type { Feed, Listener } from '../feed/feed.js';
import type { Lanes } from '../lane/lanes.js';
import { publishTypes } from '../log/event-log.js';
import { countHeads, headCount, readHeadCount } from '../rehearsal/head-count.js';
import { RehearsalConsumer, until } from '../rehearsal/rehearsal-consumer.js';
import { RehearsalLog } from '../rehearsal/rehearsal-log.js';
import { nameIn, on } from '../rehearsal/small-session.js';
import type { Subscription } from '../subscription/subscription.js';
import { KafkaRig, SOURCE } from './kafka-rig.js';
import { ensureTopic } from './topic.js';

/** The shortest that a broker allows. */
const SHORT = { sessionTimeout: 6_000, rebalanceTimeout: 6_000, heartbeatInterval: 500 };

await describeKafka('a consumer', (brokers) => {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  interface Desk {
    readonly log: RehearsalLog;
    readonly lanes: Lanes;
    readonly rig: KafkaRig;
    readonly consumer: RehearsalConsumer;
    readonly feed: Feed;
    readonly subscription: Subscription;
  }

  async function newDesk(): Promise<Desk> {
    const log = await RehearsalLog.make();
    closing.push(() => log.close());
    await publishTypes(log.pool, ['Opened', 'Closed', 'Reserved', 'Cancelled']);
    const rig = await new KafkaRig(log, brokers).open();
    closing.push(() => rig.close());
    const consumer = await RehearsalConsumer.make();
    closing.push(() => consumer.close());
    const feed = rig.feed(consumer.name, SHORT);
    const subscription = await consumer.prepare(headCount(), feed);
    const lanes = await log.openLanes({ onCommitted: () => rig.committed() });
    for (let p = 0; p < 8; p++) await lanes.submit(on(nameIn(p), { do: 'open', capacity: 1_000 }));
    return { log, lanes, rig, consumer, feed, subscription };
  }

  /** The subscription with something changed about it, followed until the test ends. */
  async function hear({ feed, subscription }: Desk, changed: Partial<Listener> = {}) {
    const following = await feed.follow({
      name: subscription.name,
      alarms: subscription.alarms,
      positions: (source) => subscription.positions(source),
      deliver: (source, events) => subscription.deliver(source, events),
      ...changed,
    });
    closing.push(() => following.stop());
    return following;
  }

  const reserve = ({ lanes }: Desk, from: number, to: number) =>
    Promise.all(
      Array.from({ length: to - from }, (_, i) =>
        lanes.submit(on(nameIn(i % 8), { do: 'reserve', person: `p${from + i}` })),
      ),
    );
  const upToDate = ({ consumer, log }: Desk) =>
    until(
      async () => JSON.stringify(await readHeadCount(consumer.pool)) === JSON.stringify(countHeads(await log.events())),
      'the consumer being up to date',
    );
  const alarmsOf = ({ consumer }: Desk) => consumer.alarms.list().map(({ name }) => name);

  test('that the group has given up while it worked changes nothing twice when it comes back to its work', async () => {
    const desk = await newDesk();
    await reserve(desk, 0, 80);
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const held: unknown[] = [];
    await hear(desk, {
      deliver: async (source, events) => {
        held.push(events);
        await released;
        return desk.subscription.deliver(source, events);
      },
    });
    await until(() => held.length > 0);
    // It sends no heartbeat while it works: the group gives its partitions to the second one
    await hear(desk);
    await upToDate(desk);
    release();
    await reserve(desk, 80, 160);
    await upToDate(desk);
  });

  test('that dies in a living process is reported and replaced', async () => {
    const desk = await newDesk();
    await reserve(desk, 0, 80);
    let asked = 0;
    let mayLive = false;
    await hear(desk, {
      positions: async (source) => {
        // Once before it joins, then by the batch at hand, where it brings the consumer down
        if (mayLive || asked++ % 2 === 0) return desk.subscription.positions(source);
        throw new kafkajs.KafkaJSNonRetriableError('What the client will not repeat.');
      },
    });
    await until(() => asked >= 6 && alarmsOf(desk).includes('failing'));
    mayLive = true;
    await upToDate(desk);
    await until(() => alarmsOf(desk).length === 0);
  });

  test('whose next records were deleted says so, applies nothing behind them, and catches up when they are sent again', async () => {
    const desk = await newDesk();
    const first = await hear(desk);
    await upToDate(desk);
    await first.stop();
    await reserve(desk, 0, 80);
    await until(async () => (await desk.rig.offsets()).every(({ high }) => high === 11));
    await desk.rig.stopRelay();
    await desk.rig.asAdmin(async (admin) => {
      await admin.fetchTopicOffsets(desk.rig.topic);
      const partitions = Array.from({ length: 8 }, (_, partition) => ({ partition, offset: '6' }));
      await admin.deleteTopicRecords({ topic: desk.rig.topic, partitions });
    });
    await hear(desk);
    await until(() => alarmsOf(desk).filter((name) => name === 'hole').length === 8);
    expect((await readHeadCount(desk.consumer.pool)).every(({ persons }) => persons === 0)).toBe(true);
    desk.rig.startRelay();
    await upToDate(desk);
    await until(() => alarmsOf(desk).length === 0);
  });

  test('goes by its own positions, whatever its group remembers, and leaves nothing for the group to remember', async () => {
    const desk = await newDesk();
    await reserve(desk, 0, 40);
    await until(async () => (await desk.rig.offsets()).every(({ high }) => high === 6));
    const groupId = `${desk.consumer.name}.${desk.subscription.name}.${SOURCE}`;
    // Further than anything that was applied
    const partitions = Array.from({ length: 8 }, (_, partition) => ({ partition, offset: '5' }));
    const { topic } = desk.rig;
    await desk.rig.asAdmin((admin) => admin.setOffsets({ groupId, topic, partitions }));
    await hear(desk);
    await reserve(desk, 40, 60);
    await upToDate(desk);
    const [remembered] = await desk.rig.asAdmin((admin) => admin.fetchOffsets({ groupId, topics: [topic] }));
    expect(remembered!.partitions.map(({ offset }) => offset)).toEqual(Array(8).fill('5'));
  });

  test('that was told too late a place to begin at reads again from its position', async () => {
    const desk = await newDesk();
    await reserve(desk, 0, 80);
    await until(async () => (await desk.rig.offsets()).every(({ high }) => high === 11));
    // Once before it joins, and once a partition
    let lies = 9;
    await hear(desk, {
      positions: async (source) => {
        const positions = await desk.subscription.positions(source);
        return lies-- > 0 ? positions.map((at) => ({ ...at, next: 7 })) : positions;
      },
    });
    await upToDate(desk);
    await until(() => alarmsOf(desk).length === 0);
  });

  test('knows how far it is behind, also when records were sent twice', async () => {
    const desk = await newDesk();
    await reserve(desk, 0, 80);
    await until(async () => (await desk.rig.offsets()).every(({ high }) => high === 11));
    const behind = async () =>
      (await desk.feed.lag(await desk.subscription.positions('reservations'))).map((lag) => lag.behind);
    expect(await behind()).toEqual(Array(8).fill(11));
    await desk.rig.sendAgain();
    const following = await hear(desk);
    await upToDate(desk);
    expect(await behind()).toEqual(Array(8).fill(0));
    await following.stop();
    await desk.lanes.submit(on(nameIn(5), { do: 'reserve', person: 'late' }));
    await until(async () => (await behind()).join() === '0,0,0,0,0,1,0,0');
    await until(async () => (await desk.feed.lag(await desk.subscription.positions('reservations')))[5]!.age > 0);
  });

  test('stops before a topic that has got another number of partitions', async () => {
    const desk = await newDesk();
    const first = await hear(desk);
    await upToDate(desk);
    await first.stop();
    await desk.rig.stopRelay();
    await desk.rig.asAdmin(async (admin) => {
      await admin.deleteTopics({ topics: [desk.rig.topic] });
      await ensureTopic(admin, desk.rig.topic, 4, 1);
    });
    await hear(desk);
    await until(() => alarmsOf(desk).includes('wrong-partitions'));
    const groupId = `${desk.consumer.name}.${desk.subscription.name}.${SOURCE}`;
    const { groups } = await desk.rig.asAdmin((admin) => admin.describeGroups([groupId]));
    expect(groups[0]!.members).toEqual([]);
  });
});
