import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from '@jest/globals';
import { kafkaMissing, startKafka, type KafkaServer } from '#servers/kafka.js';
import { startProxy, type TcpProxy } from '#servers/tcp-proxy.js';
import { describeUnless } from '#servers/test-kafka.js';
import type { Lanes } from '../lane/lanes.js';
import { publishTypes } from '../log/event-log.js';
import { countHeads, headCount, readHeadCount } from '../rehearsal/head-count.js';
import { RehearsalConsumer, until } from '../rehearsal/rehearsal-consumer.js';
import { RehearsalLog } from '../rehearsal/rehearsal-log.js';
import { nameIn, on } from '../rehearsal/small-session.js';
import { KafkaRig } from './kafka-rig.js';

/** So that the group does not wait long for a member that went down with the broker. */
const SHORT = { sessionTimeout: 6_000, rebalanceTimeout: 6_000, heartbeatInterval: 500 };

describeUnless(await kafkaMissing(), 'with a bad line to the broker, or a broker that dies', () => {
  let proxy: TcpProxy;
  let server: KafkaServer;
  beforeAll(async () => {
    proxy = await startProxy({ targetPort: 1 });
    const dataDir = join(await mkdtemp(join(tmpdir(), 'uketsuke-relay-')), 'kafka');
    server = await startKafka({ dataDir, advertisedProxyPort: proxy.port, ephemeral: true });
    proxy.retarget(server.proxiedPort!);
  });
  afterAll(async () => {
    await server?.stop();
    await proxy.stop();
  });

  let log: RehearsalLog;
  let lanes: Lanes;
  /** Its relay talks to the broker through the proxy. */
  let rig: KafkaRig;
  /** The same topic, past the proxy. */
  let direct: KafkaRig;
  let consumer: RehearsalConsumer;
  beforeEach(async () => {
    log = await RehearsalLog.make();
    await publishTypes(log.pool, ['Opened', 'Closed', 'Reserved', 'Cancelled']);
    rig = await new KafkaRig(log, [`127.0.0.1:${proxy.port}`]).open();
    direct = new KafkaRig(log, server.brokers, rig.prefix);
    lanes = await log.openLanes({ onCommitted: () => rig.committed() });
    for (let p = 0; p < 8; p++) await lanes.submit(on(nameIn(p), { do: 'open', capacity: 10_000 }));
    consumer = await RehearsalConsumer.make();
    await consumer.follow(headCount(), direct.feed(consumer.name, SHORT));
    await upToDate();
  });
  afterEach(async () => {
    proxy.accept();
    proxy.thaw();
    await consumer.close();
    await direct.close();
    await rig.close();
    await log.close();
  });

  const upToDate = () =>
    until(
      async () => JSON.stringify(await readHeadCount(consumer.pool)) === JSON.stringify(countHeads(await log.events())),
      'the consumer being up to date',
    );
  let person = 0;
  const reserve = (p: number) => lanes.submit(on(nameIn(p), { do: 'reserve', person: `p${person++}` }));
  const high = async (p: number) => (await direct.offsets())[p]!.high;

  /** Commits events until `done`, in all partitions. */
  async function writeUntil(done: Promise<unknown>): Promise<void> {
    let writing = true;
    void done.finally(() => (writing = false)).catch(() => undefined);
    while (writing) await Promise.all(Array.from({ length: 16 }, (_, i) => reserve(i % 8)));
    await done;
  }

  /** Every number, each for the first time behind the one before it. */
  async function expectWholeAndInOrder(): Promise<number> {
    const records = await direct.records();
    for (const { p, next } of (await log.pool.query('select p, next from partitions')).rows) {
      const numbers = records.filter((one) => one.p === p).map(({ headers }) => Number(headers['ce_sequence']));
      expect([...new Set(numbers)]).toEqual(Array.from({ length: next - 1 }, (_, i) => i + 1));
    }
    return records.length;
  }

  test('a send that was rejected although the broker had it is sent again by another producer, with what came meanwhile', async () => {
    const before = await high(3);
    proxy.freeze('toClient');
    await reserve(3);
    await until(async () => (await high(3)) === before + 1, 'the broker having it');
    await reserve(3);
    await reserve(3);
    proxy.refuse();
    proxy.cut();
    await until(() => rig.alarms().some(({ name }) => name === 'failing'), 'the send being given up');
    proxy.thaw();
    proxy.accept();
    await upToDate();
    await until(async () => (await high(3)) > before + 3);
    await expectWholeAndInOrder();
    await until(() => rig.alarms().length === 0);
  });

  test('the line cut again and again in the middle of sends loses nothing and keeps the order', async () => {
    await writeUntil(
      (async () => {
        for (let i = 0; i < 8; i++) {
          await new Promise((resolve) => setTimeout(resolve, 150));
          proxy.cut();
        }
      })(),
    );
    await upToDate();
    await expectWholeAndInOrder();
  });

  test('the broker killed under load and started again brings everything once', async () => {
    await writeUntil(
      (async () => {
        await new Promise((resolve) => setTimeout(resolve, 300));
        await server.kill();
        await server.restart();
      })(),
    );
    await upToDate();
    await expectWholeAndInOrder();
    await until(() => [...rig.alarms(), ...consumer.alarms.list()].length === 0, 'every alarm being over');
  });
});
