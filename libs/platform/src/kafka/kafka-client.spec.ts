import { createRequire } from 'node:module';
import { newId } from '#kernel/ids.js';
import { describeKafka } from '#servers/test-kafka.js';
import { afterEach, expect, jest, test } from '@jest/globals';
import type { Consumer } from 'kafkajs';
import { kafkaClient, newConsumer, newProducer } from './kafka-client.js';

interface Asked {
  readonly sessionTimeout?: number;
  readonly rebalanceTimeout?: number;
  readonly maxWaitTime?: number;
}
type Ask = (asked: Asked) => Promise<unknown>;

const brokerPath = 'kafkajs/src/broker';
const { prototype: broker } = createRequire(import.meta.url)(brokerPath) as { prototype: Record<string, Ask> };

// The cures of facts/kafka §2.2 that can be seen at the client alone.
await describeKafka('kafkajs as we use it', (brokers) => {
  const kafka = kafkaClient(brokers, 'spec');
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    jest.restoreAllMocks();
    for (const close of closing.splice(0)) await close();
  });

  async function newTopic(): Promise<string> {
    const admin = kafka.admin();
    await admin.connect();
    const topic = newId();
    await admin.createTopics({ topics: [{ topic }] });
    await admin.disconnect();
    return topic;
  }

  async function newReader(topic: string): Promise<Consumer> {
    const consumer = newConsumer(kafka, newId());
    closing.push(() => consumer.disconnect());
    await consumer.connect();
    await consumer.subscribe({ topic });
    await consumer.run({ autoCommit: false, eachBatch: async () => undefined });
    return consumer;
  }

  test('an idle producer and consumer arm next to no timers', async () => {
    const topic = await newTopic();
    const producer = newProducer(kafka);
    closing.push(() => producer.disconnect());
    await producer.connect();
    await producer.send({ topic, messages: [{ value: 'x', partition: 0 }] });
    await newReader(topic);
    const armed = jest.spyOn(globalThis, 'setTimeout');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    // A fetch every 200 ms and a heartbeat; as delivered, kafkajs arms hundreds for each connection
    expect(armed.mock.calls.length).toBeLessThan(150);
  });

  test('asks the broker for short timeouts, and for records at once', async () => {
    const joined = jest.spyOn(broker, 'joinGroup');
    const fetched = jest.spyOn(broker, 'fetch');
    await newReader(await newTopic());
    while (fetched.mock.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(joined.mock.calls[0]![0]).toMatchObject({ sessionTimeout: 12_000, rebalanceTimeout: 15_000 });
    expect(fetched.mock.calls[0]![0]).toMatchObject({ maxWaitTime: 200, minBytes: 1 });
  });

  test('a record without a partition is refused before it is sent', async () => {
    const producer = newProducer(kafka);
    closing.push(() => producer.disconnect());
    await producer.connect();
    const sending = producer.send({ topic: await newTopic(), messages: [{ key: 'k', value: 'x' }] });
    await expect(sending).rejects.toThrow('it is the log that places events');
  });
});
