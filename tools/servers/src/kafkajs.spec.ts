import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import kafkajs, { type Admin, type Consumer, type EachBatchPayload, type Kafka, type KafkaMessage } from 'kafkajs';
import { describeKafka } from './test-kafka.js';

// What the platform relies on when kafkajs 2.2.4 meets this broker; to be run before either gets another version.
await describeKafka('kafkajs on this broker', (brokers) => {
  const kafka: Kafka = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING });
  const admin: Admin = kafka.admin();
  const open: Consumer[] = [];

  beforeAll(() => admin.connect());
  afterAll(async () => {
    await Promise.all(open.map((consumer) => consumer.disconnect()));
    await admin.disconnect();
  });

  async function newTopic(numPartitions = 1): Promise<string> {
    const topic = `smoke-${randomUUID()}`;
    await admin.createTopics({ topics: [{ topic, numPartitions }] });
    return topic;
  }

  /** Right after createTopics a partition may still be without a leader, which this call, unlike send, does not wait for. */
  async function offsetsOf(topic: string): Promise<kafkajs.SeekEntry[]> {
    for (;;) {
      try {
        return await admin.fetchTopicOffsets(topic);
      } catch (error) {
        if (!(error as kafkajs.KafkaJSError).retriable) throw error;
      }
    }
  }

  async function produce(topic: string, values: string[]): Promise<void> {
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({ topic, acks: -1, messages: values.map((value) => ({ value, partition: 0 })) });
    await producer.disconnect();
  }

  async function newConsumer(topic: string, groupId: string = randomUUID()): Promise<Consumer> {
    const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 50, heartbeatInterval: 200 });
    open.push(consumer);
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    return consumer;
  }

  async function messagesIn(topic: string, count: number, from?: string): Promise<KafkaMessage[]> {
    const consumer = await newConsumer(topic);
    const messages: KafkaMessage[] = [];
    await new Promise<void>((resolve, reject) => {
      const eachBatch = async ({ batch }: EachBatchPayload): Promise<void> => {
        messages.push(...batch.messages);
        if (messages.length >= count) resolve();
      };
      consumer.run({ autoCommit: false, eachBatch }).catch(reject);
      if (from !== undefined) consumer.seek({ topic, partition: 0, offset: from });
    });
    await consumer.stop();
    return messages;
  }

  it('creates topics with settings and tells them again', async () => {
    const topic = randomUUID();
    const configEntries = [
      { name: 'retention.ms', value: '-1' },
      { name: 'compression.type', value: 'gzip' },
    ];
    expect(await admin.createTopics({ topics: [{ topic, numPartitions: 8, configEntries }] })).toBe(true);
    expect(await offsetsOf(topic)).toHaveLength(8);
    const resource = { type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configNames: ['retention.ms'] };
    const { resources } = await admin.describeConfigs({ resources: [resource], includeSynonyms: false });
    expect(resources[0]?.configEntries).toEqual([expect.objectContaining({ configValue: '-1' })]);
  });

  it('makes no topic by itself', async () => {
    const producer = kafka.producer({ retry: { retries: 0 }, allowAutoTopicCreation: true });
    await producer.connect();
    const sending = producer.send({ topic: randomUUID(), messages: [{ value: 'lost' }] });
    await expect(sending).rejects.toThrow('does not host this topic-partition');
    await producer.disconnect();
  });

  it('carries plain and gzip records with headers, and tombstones, to the named partition', async () => {
    const topic = await newTopic();
    const producer = kafka.producer();
    await producer.connect();
    const headers = { ce_id: 'é', ce_sequence: '1' };
    const sent = await producer.send({
      topic,
      acks: -1,
      messages: [{ key: 'k', value: '日本', headers, partition: 0 }],
    });
    expect(sent).toEqual([expect.objectContaining({ partition: 0, errorCode: 0, baseOffset: '0' })]);
    const compression = kafkajs.CompressionTypes.GZIP;
    await producer.send({
      topic,
      compression,
      messages: [
        { key: 'k', value: 'zip' },
        { key: 'k', value: null },
      ],
    });
    await producer.disconnect();
    const messages = await messagesIn(topic, 3);
    expect(messages.map(({ offset, value }) => [offset, value?.toString()])).toEqual([
      ['0', '日本'],
      ['1', 'zip'],
      ['2', undefined],
    ]);
    expect(messages[0]?.headers).toEqual({ ce_id: Buffer.from('é'), ce_sequence: Buffer.from('1') });
  });

  it('sends with an idempotent producer, in order and once', async () => {
    const topic = await newTopic();
    const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    for (let i = 0; i < 20; i += 1) await producer.send({ topic, messages: [{ value: String(i) }] });
    await producer.disconnect();
    const values = (await messagesIn(topic, 20)).map(({ value }) => value?.toString());
    expect(values).toEqual(Array.from({ length: 20 }, (_, i) => String(i)));
  });

  it('reads batches without committing, and commits when told', async () => {
    const topic = await newTopic();
    await produce(topic, ['a', 'b', 'c']);
    const groupId = randomUUID();
    const consumer = await newConsumer(topic, groupId);
    await new Promise<void>((resolve, reject) => {
      const eachBatch = async ({ batch }: EachBatchPayload): Promise<void> => {
        if (batch.lastOffset() === '2') resolve();
      };
      consumer.run({ autoCommit: false, eachBatch }).catch(reject);
    });
    const committed = async () => (await admin.fetchOffsets({ groupId, topics: [topic] }))[0]?.partitions[0]?.offset;
    expect(await committed()).toBe('-1');
    await consumer.commitOffsets([{ topic, partition: 0, offset: '3' }]);
    expect(await committed()).toBe('3');
    const { groups } = await admin.describeGroups([groupId]);
    expect(groups[0]).toMatchObject({ state: 'Stable', members: [expect.anything()] });
    await consumer.stop();
  });

  it('shares the partitions between two members and gives all to the one that stays', async () => {
    const topic = await newTopic(4);
    const groupId = randomUUID();
    const held = new Map<string, number[]>();
    let changed = (): void => undefined;
    const join = async (name: string): Promise<Consumer> => {
      const consumer = await newConsumer(topic, groupId);
      consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
        held.set(name, payload.memberAssignment[topic] ?? []);
        changed();
      });
      await consumer.run({ autoCommit: false, eachBatch: async () => undefined });
      return consumer;
    };
    const shares = async (expected: number[]): Promise<void> => {
      const now = () => [...held.values()].map(({ length }) => length).toSorted();
      while (now().join() !== expected.join()) await new Promise<void>((resolve) => (changed = resolve));
    };
    const first = await join('first');
    await shares([4]);
    const second = await join('second');
    await shares([2, 2]);
    held.delete('second');
    await second.disconnect();
    await shares([4]);
    await first.stop();
    expect(held.get('first')?.toSorted()).toEqual([0, 1, 2, 3]);
  });

  it('goes on at the first record kept, without a word, when the position was deleted', async () => {
    const topic = await newTopic();
    await produce(topic, ['0', '1', '2', '3', '4']);
    // deleteTopicRecords finds no leader for a topic that this admin client has not asked about before.
    await offsetsOf(topic);
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '3' }] });
    expect(await admin.fetchTopicOffsets(topic)).toEqual([{ partition: 0, offset: '5', high: '5', low: '3' }]);
    expect((await messagesIn(topic, 2, '1')).map(({ offset }) => offset)).toEqual(['3', '4']);
  });

  it('counts a topic from 0 again when it was deleted and made anew', async () => {
    const topic = await newTopic();
    await produce(topic, ['old', 'older']);
    await admin.deleteTopics({ topics: [topic] });
    await admin.createTopics({ topics: [{ topic, numPartitions: 1 }] });
    await produce(topic, ['new']);
    const [message] = await messagesIn(topic, 1);
    expect([message?.offset, message?.value?.toString()]).toEqual(['0', 'new']);
  });
});
