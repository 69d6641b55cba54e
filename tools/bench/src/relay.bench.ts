import { encode } from '#contracts/cloud-event.js';
import { newId } from '#kernel/ids.js';
import { until } from '#platform/rehearsal/rehearsal-consumer.js';
import type { RehearsalLog } from '#platform/rehearsal/rehearsal-log.js';
import { KafkaRig } from '#platform/kafka/kafka-rig.js';
import { readPartition } from '#platform/log/event-log.js';
import kafkajs, { type Message } from 'kafkajs';
import type { Bench } from './bench.js';
import { paired } from './paired.js';
import { judge } from './result.js';
import { storedEvents } from './stored-events.js';

const COUNT = 50_000;
const BATCH = 1_000;

/** From the log to the topic, acknowledged and written down, against producing the same bytes from memory. */
export const relay: Bench = async function* ({ progress, kafka }) {
  const brokers = await kafka();
  const log = await storedEvents(COUNT, 2_000, progress);
  try {
    progress('relay');
    const messages: Message[] = [];
    for (let p = 0; p < 8; p++) {
      const events = await readPartition(log.pool, 'published_events', p, 1, COUNT);
      for (const event of events)
        messages.push({ ...encode(event, { source: '/reservations', logId: newId() }), partition: p });
    }
    const measured = await paired(
      () => produce(brokers, messages),
      () => relayed(log, brokers),
    );
    yield judge(
      {
        bench: 'relay',
        candidate: `relay of ${COUNT / 1000}k events`,
        baseline: 'plain kafkajs batch produce of the same bytes',
        unit: 'events/s',
        limit: 0.5,
        direction: 'atLeast',
      },
      measured,
    );
  } finally {
    await log.close();
  }
};

async function produce(brokers: readonly string[], messages: readonly Message[]): Promise<number> {
  const kafka = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
  const topic = `bench.${newId()}`;
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: 8 }] });
  const producer = kafka.producer();
  await producer.connect();
  const start = performance.now();
  for (let i = 0; i < messages.length; i += BATCH)
    await producer.send({ topic, acks: -1, messages: messages.slice(i, i + BATCH) });
  const rate = (messages.length * 1000) / (performance.now() - start);
  await producer.disconnect();
  await admin.deleteTopics({ topics: [topic] });
  await admin.disconnect();
  return rate;
}

/** From the first acknowledged batch on: taking the lead and making the topic are no part of it. */
async function relayed(log: RehearsalLog, brokers: readonly string[]): Promise<number> {
  const sent = async () =>
    (await log.pool.query<{ n: number }>('select sum(next_seq - 1)::float8 as n from relay')).rows[0]!.n;
  await log.pool.query('update relay set next_seq = 1, audited_offset = 0, audited_seq = 1');
  const rig = await new KafkaRig(log, brokers).open();
  let first = 0;
  await until(async () => (first = await sent()) > 0);
  const start = performance.now();
  await until(async () => (await sent()) === COUNT);
  const rate = ((COUNT - first) * 1000) / (performance.now() - start);
  await rig.close();
  return rate;
}
