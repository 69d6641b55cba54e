import kafkajs, { type Admin } from 'kafkajs';

/**
 * `reservations.events` (design §7).
 * @param prefix for a second desk on the same brokers, say the one for training
 */
export function topicOf(source: string, prefix = ''): string {
  return `${prefix}${source}.events`;
}

/** Records without a compaction, a time limit or a codec that a JavaScript client cannot read: no personal data is in them. */
const CONFIG = [
  { name: 'cleanup.policy', value: 'delete' },
  { name: 'retention.ms', value: '-1' },
  { name: 'retention.bytes', value: '-1' },
  { name: 'compression.type', value: 'uncompressed' },
];

/** Makes the topic if it is not there. @throws TopicRefused when it has another number of partitions */
export async function ensureTopic(
  admin: Admin,
  topic: string,
  partitions: number,
  replicationFactor: number,
): Promise<void> {
  try {
    await admin.createTopics({
      waitForLeaders: true,
      topics: [{ topic, numPartitions: partitions, replicationFactor, configEntries: CONFIG }],
    });
  } catch (thrown) {
    if (!exists(thrown)) throw thrown;
  }
  const found = await partitionsOfTopic(admin, topic);
  if (found !== undefined && found !== partitions) {
    throw new TopicRefused(
      `The topic ${topic} has ${found} partitions, but the log has ${partitions}. Streams would be out of order.`,
    );
  }
}

export class TopicRefused extends Error {}

/** Undefined while there is no such topic. */
export async function partitionsOfTopic(admin: Admin, topic: string): Promise<number | undefined> {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    return topics[0]?.partitions.length;
  } catch (thrown) {
    if ((thrown as { type?: string }).type === 'UNKNOWN_TOPIC_OR_PARTITION') return undefined;
    throw thrown;
  }
}

export interface Offsets {
  readonly p: number;
  readonly low: number;
  /** One more than the last offset. */
  readonly high: number;
}

/** For about two seconds a topic that was just made may have no leader yet: the client asks once and gives up. */
export async function readOffsets(admin: Admin, topic: string): Promise<Offsets[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      const offsets = await admin.fetchTopicOffsets(topic);
      return offsets
        .map(({ partition, low, high }) => ({ p: partition, low: Number(low), high: Number(high) }))
        .toSorted((a, b) => a.p - b.p);
    } catch (thrown) {
      if (attempt > 20 || !/LEADER/.test((thrown as { type?: string }).type ?? '')) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function exists(thrown: unknown): boolean {
  if (!(thrown instanceof kafkajs.KafkaJSAggregateError)) return false;
  return thrown.errors.every((error) => (error as { type?: string }).type === 'TOPIC_ALREADY_EXISTS');
}
