import { randomUUID } from 'node:crypto';
import kafkajs from 'kafkajs';

const TOPIC = 'uketsuke-probe';

/** Ready means that a record went in and came out again; an open port means little, and a known cluster not much more. */
export async function probeKafka(brokers: string[]): Promise<void> {
  const kafka = new kafkajs.Kafka({
    clientId: TOPIC,
    brokers,
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 1_000,
    retry: { initialRetryTime: 50, maxRetryTime: 500, retries: 10 },
  });
  const admin = kafka.admin();
  const producer = kafka.producer();
  const groupId = `${TOPIC}-${randomUUID()}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 50 });
  try {
    await admin.connect();
    await admin.describeCluster();
    await admin.createTopics({ topics: [{ topic: TOPIC, configEntries: [{ name: 'retention.ms', value: '60000' }] }] });
    await producer.connect();
    await producer.send({ topic: TOPIC, acks: -1, messages: [{ value: groupId }] });
    await consumer.connect();
    await consumer.subscribe({ topic: TOPIC, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      consumer
        .run({
          autoCommit: false,
          eachMessage: async ({ message }) => {
            if (message.value?.toString() === groupId) resolve();
          },
        })
        .catch(reject);
    });
  } finally {
    await consumer.disconnect().catch(() => undefined);
    await producer.disconnect().catch(() => undefined);
    await admin.deleteGroups([groupId]).catch(() => undefined);
    await admin.disconnect().catch(() => undefined);
  }
}
