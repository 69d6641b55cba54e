import { decode, UnreadableRecord } from '#contracts/cloud-event.js';
import type { Admin, EachBatchPayload, Kafka } from 'kafkajs';
import { BATCH, Feed, type Following, type Listener } from '../feed/feed.js';
import type { PartitionHead } from '../log/event-log.js';
import type { HeardEvent } from '../subscription/subscriber.js';
import { kafkaClient, newConsumer } from './kafka-client.js';
import { partitionsOfTopic, readOffsets, topicOf } from './topic.js';

/** How long a member pauses before it asks again for what it could not apply, milliseconds. */
const PAUSE = 200;
/** How often it is looked whether the topic still reaches to the positions, milliseconds. */
const WATCH = 2_000;
/** How soon a consumer that has died is replaced, milliseconds. */
const REPLACE = 500;

/**
 * Reads a log from its topic. Where to begin is the listener's position, not the group's offset: number `n` stands at
 * offset `n - 1` or later, because every number was sent at least once and in order. What kafkajs delivers instead
 * does no harm, it is only seen (facts/kafka §4.1).
 */
export class KafkaFeed extends Feed {
  private readonly kafka: Kafka;
  private readonly admin: Admin;
  private readonly topic: string;
  private connected: Promise<void> | undefined;

  /** @param group tells the consumers of one service from another's */
  constructor(
    readonly source: string,
    brokers: readonly string[],
    private readonly group: string,
    topicPrefix = '',
  ) {
    super();
    this.topic = topicOf(source, topicPrefix);
    this.kafka = kafkaClient(brokers, group);
    this.admin = this.kafka.admin();
  }

  /** Waits for the topic: its owner makes it when it starts. */
  async partitions(): Promise<number> {
    await (this.connected ??= this.admin.connect());
    for (;;) {
      const found = await partitionsOfTopic(this.admin, this.topic);
      if (found !== undefined) return found;
      await pause(PAUSE);
    }
  }

  /** Offsets, not numbers: with records sent twice they are higher, never lower. */
  async heads(): Promise<PartitionHead[]> {
    await (this.connected ??= this.admin.connect());
    return (await readOffsets(this.admin, this.topic)).map(({ p, high }) => ({ p, next: high + 1, lastAt: 0 }));
  }

  async follow(listener: Listener): Promise<Following> {
    const member = new Member(this.kafka, this.topic, this.source, `${this.group}.${listener.name}`, listener, () =>
      this.heads(),
    );
    await member.start();
    return { stop: () => member.stop() };
  }

  async close(): Promise<void> {
    await this.admin.disconnect().catch(() => undefined);
  }
}

/** One consumer of a group, replaced whenever it dies. */
class Member {
  private consumer: ReturnType<typeof newConsumer> | undefined;
  private readonly aligned = new Set<number>();
  private watching: NodeJS.Timeout | undefined;
  private replacing: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly kafka: Kafka,
    private readonly topic: string,
    private readonly source: string,
    private readonly groupId: string,
    private readonly listener: Listener,
    private readonly heads: () => Promise<PartitionHead[]>,
  ) {}

  async start(): Promise<void> {
    this.watch();
    await this.join().catch((thrown: Error) => this.died(thrown));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.watching);
    clearTimeout(this.replacing);
    await this.consumer?.disconnect().catch(() => undefined);
  }

  private async join(): Promise<void> {
    const consumer = newConsumer(this.kafka, this.groupId);
    this.consumer = consumer;
    this.aligned.clear();
    consumer.on(consumer.events.GROUP_JOIN, () => this.aligned.clear());
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      void consumer.disconnect().catch(() => undefined);
      this.died(payload.error);
    });
    await consumer.connect();
    await consumer.subscribe({ topic: this.topic, fromBeginning: true });
    await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: (payload) => this.take(payload) });
    this.listener.alarms.clear('failing', this.listener.name, this.topic);
  }

  /** A dead consumer in a living process would be silence (facts/kafka §2.2 h). */
  private died(thrown: Error): void {
    if (this.stopped) return;
    this.listener.alarms.raise(
      'failing',
      this.listener.name,
      this.topic,
      `The consumer of ${this.topic} died: ${thrown.message}`,
    );
    clearTimeout(this.replacing);
    this.replacing = setTimeout(() => {
      if (!this.stopped) this.join().catch((again: Error) => this.died(again));
    }, REPLACE);
  }

  private async take({ batch, resolveOffset, heartbeat, isRunning, isStale }: EachBatchPayload): Promise<void> {
    const p = batch.partition;
    if (!this.aligned.has(p)) {
      const at = (await this.listener.positions(this.source)).find((position) => position.p === p);
      // The record before the position comes along, to be recognised
      const wanted = Math.max(0, (at?.next ?? 1) - 2);
      this.aligned.add(p);
      if (Number(batch.firstOffset()) !== wanted && wanted < Number(batch.highWatermark)) {
        this.consumer!.seek({ topic: this.topic, partition: p, offset: String(wanted) });
        return;
      }
    }
    for (let i = 0; i < batch.messages.length && isRunning() && !isStale(); i += BATCH) {
      const chunk = batch.messages.slice(i, i + BATCH);
      const last = chunk.at(-1)!.offset;
      const atEnd = Number(last) + 1 >= Number(batch.highWatermark);
      if (!(await this.apply(p, this.read(p, chunk), atEnd))) {
        // Not applied, so not resolved: the same records come again
        await pause(PAUSE);
        await heartbeat();
        return;
      }
      resolveOffset(last);
      await heartbeat();
    }
  }

  private read(p: number, messages: EachBatchPayload['batch']['messages']): HeardEvent[] {
    const events: HeardEvent[] = [];
    for (const message of messages) {
      try {
        const { envelope, logId } = decode(message as never);
        events.push({ ...envelope, p, source: this.source, logId });
      } catch (thrown) {
        if (!(thrown instanceof UnreadableRecord)) throw thrown;
        // A stranger's record has no number; had it been one of ours, the number would be missed as a hole.
        this.listener.alarms.raise(
          'unreadable-record',
          this.listener.name,
          `${this.source}/${p}`,
          `${this.topic}/${p}: ${thrown.message}`,
          false,
        );
      }
    }
    return events;
  }

  /** False when the records have to be delivered again. */
  private async apply(p: number, events: readonly HeardEvent[], atEnd: boolean): Promise<boolean> {
    if (events.length === 0) return true;
    const { alarms, name } = this.listener;
    const key = `${this.source}/${p}`;
    try {
      const [delivered] = await this.listener.deliver(this.source, events);
      alarms.clear('failing', name, key);
      if (delivered === undefined)
        return alarms.list().some((alarm) => alarm.of === name && alarm.name === 'another-log');
      // Behind a hole it is read on: the missing number may have been sent again, further down.
      if (!delivered.hole) alarms.clear('hole', name, key);
      else if (atEnd)
        alarms.raise('hole', name, key, `Partition ${p} of ${this.source}: number ${delivered.next} is missing.`);
      return true;
    } catch (thrown) {
      alarms.raise('failing', name, key, `Partition ${p} of ${this.source}: ${(thrown as Error).message}`);
      return false;
    }
  }

  /** A topic that was wiped has fewer records than were applied, and sends nothing that would show it. */
  private watch(): void {
    this.watching = setTimeout(async () => {
      const { alarms, name } = this.listener;
      try {
        const heads = await this.heads();
        for (const { p, next } of await this.listener.positions(this.source)) {
          const head = heads.find((one) => one.p === p)?.next ?? 1;
          const key = `${this.source}/${p}/end`;
          if (head < next)
            alarms.raise(
              'hole',
              name,
              key,
              `Partition ${p} of ${this.topic} ends before number ${next - 1}, which was applied.`,
            );
          else alarms.clear('hole', name, key);
        }
        alarms.clear('topic-missing', name, this.topic);
      } catch (thrown) {
        alarms.raise('topic-missing', name, this.topic, `${this.topic}: ${(thrown as Error).message}`);
      }
      if (!this.stopped) this.watch();
    }, WATCH);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
