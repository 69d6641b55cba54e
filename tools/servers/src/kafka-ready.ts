import { randomUUID } from 'node:crypto';
import kafkajs from 'kafkajs';

const TOPIC = 'uketsuke-probe';

/** Ready means that a record went in and came out again; an open port means little, and a known cluster not much more. */
export async function probeKafka(brokers: string[], signal: AbortSignal): Promise<void> {
  const kafka = new kafkajs.Kafka({
    clientId: TOPIC,
    brokers,
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 1_000,
    retry: { initialRetryTime: 50, maxRetryTime: 500, retries: 5 },
  });
  const admin = kafka.admin();
  const producer = kafka.producer();
  const groupId = `${TOPIC}-${randomUUID()}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 50 });
  const roundTrip = async (): Promise<void> => {
    await admin.connect();
    await admin.describeCluster();
    await admin.createTopics({ topics: [{ topic: TOPIC, configEntries: [{ name: 'retention.ms', value: '60000' }] }] });
    await producer.connect();
    await producer.send({ topic: TOPIC, acks: -1, messages: [{ value: groupId }] });
    await consumer.connect();
    await consumer.subscribe({ topic: TOPIC, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      const eachMessage = async ({ message }: kafkajs.EachMessagePayload): Promise<void> => {
        if (message.value?.toString() === groupId) resolve();
      };
      consumer.run({ autoCommit: false, eachMessage }).catch(reject);
    });
  };
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  try {
    await Promise.race([roundTrip(), aborted]);
  } finally {
    await consumer.disconnect().catch(() => undefined);
    await producer.disconnect().catch(() => undefined);
    if (!signal.aborted) await admin.deleteGroups([groupId]).catch(() => undefined);
    await admin.disconnect().catch(() => undefined);
  }
}
