import { createRequire } from 'node:module';
import kafkajs, { type Consumer, type ConsumerConfig, type Kafka, type Producer } from 'kafkajs';

interface RequestQueue {
  readonly pending: readonly unknown[];
  readonly throttledUntil: number;
  scheduleCheckPendingRequests(): void;
}

const queuePath = 'kafkajs/src/network/requestQueue';
const { prototype } = createRequire(import.meta.url)(queuePath) as { prototype: RequestQueue };
const schedule = prototype.scheduleCheckPendingRequests;

/**
 * kafkajs 2.2.4 arms a timer after every answer and re-arms it for ever: about a thousand a second and connection,
 * 4 % of a core while nothing happens (facts/kafka §2.2 a). There is only something to wait for when a request is
 * pending or the broker has throttled us.
 */
prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
  if (this.pending.length > 0 || this.throttledUntil > Date.now()) schedule.call(this);
};

export function kafkaClient(brokers: readonly string[], clientId: string): Kafka {
  return new kafkajs.Kafka({
    clientId,
    brokers: [...brokers],
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 3_000,
    requestTimeout: 15_000,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 5 },
  });
}

/**
 * A producer to be thrown away after any rejected send: kafkajs then takes its sequence back although the broker may
 * have appended, and the next message under that number would be acknowledged without being written (§2.2 g).
 */
export function newProducer(kafka: Kafka): Producer {
  return kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    createPartitioner:
      () =>
      ({ message }) => {
        if (message.partition === undefined)
          throw new Error('A record without a partition: it is the log that places events.');
        return message.partition;
      },
  });
}

/** How long the group waits for a member, milliseconds, where it is to be otherwise. */
export type ConsumerTimes = Partial<
  Pick<ConsumerConfig, 'sessionTimeout' | 'rebalanceTimeout' | 'heartbeatInterval' | 'metadataMaxAge'>
>;

/**
 * Short timeouts, because the default waits a minute for a member that has lost its id (§2.2 c); offsets are never
 * committed, because positions are ours (§2.2 d, f).
 */
export function newConsumer(kafka: Kafka, groupId: string, times: ConsumerTimes = {}): Consumer {
  return kafka.consumer({
    groupId,
    sessionTimeout: 12_000,
    rebalanceTimeout: 15_000,
    heartbeatInterval: 1_500,
    ...times,
    maxWaitTimeInMs: 200,
    minBytes: 1,
    // What is fetched stays in memory until it is applied: the defaults are ten megabytes a round
    maxBytesPerPartition: 128 * 1024,
    maxBytes: 1024 * 1024,
    allowAutoTopicCreation: false,
    // A crash is for us to see and to answer, not for the client to repeat in silence (§2.2 h)
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 5, restartOnFailure: async () => false },
  });
}
