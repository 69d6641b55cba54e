import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { batchOf, type Listener } from '../feed/feed.js';
import { KafkaDelivery } from './kafka-delivery.js';
import { newConsumer, type ConsumerTimes } from './kafka-client.js';
import type { Offsets } from './topic.js';

export interface MemberSettings {
  readonly kafka: Kafka;
  readonly topic: string;
  readonly source: string;
  readonly groupId: string;
  readonly times: ConsumerTimes;
  readonly listener: Listener;
  readonly offsets: () => Promise<Offsets[]>;
}

/** How long a member pauses before it asks again for what it could not apply, milliseconds. */
const PAUSE = 200;
/** How often it is looked whether the topic still reaches to the positions, milliseconds. */
const WATCH = 2_000;
/** How soon a consumer that has died is replaced, milliseconds. */
const REPLACE = 500;
/** How soon a partition is read again from the position because a number is missing, milliseconds. */
const REREAD = 60_000;

/** One consumer of a group, replaced whenever it dies. */
export class KafkaMember {
  private readonly delivery: KafkaDelivery;
  private consumer: Consumer | undefined;
  /** The consumer, once it is a member of the group: before that it cannot be told where to read. */
  private reading: Consumer | undefined;
  private readonly aligned = new Set<number>();
  private readonly rereadAt = new Map<number, number>();
  private readonly ends = new Map<number, number>();
  private watching: NodeJS.Timeout | undefined;
  private replacing: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly settings: MemberSettings) {
    this.delivery = new KafkaDelivery(settings);
  }

  async start(): Promise<void> {
    this.watch();
    await this.join();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.watching);
    clearTimeout(this.replacing);
    await this.consumer?.disconnect().catch(() => undefined);
  }

  private async join(): Promise<void> {
    const { kafka, groupId, times, topic } = this.settings;
    const consumer = newConsumer(kafka, groupId, times);
    this.consumer = consumer;
    this.aligned.clear();
    // A failed start, and every death after it, comes here (facts/kafka §2.2 h)
    consumer.on(consumer.events.CRASH, ({ payload }) => this.died(consumer, payload.error));
    consumer.on(consumer.events.GROUP_JOIN, () => {
      this.aligned.clear();
      if (this.consumer !== consumer) return;
      this.reading = consumer;
      this.alarm('failing', undefined);
    });
    try {
      const partitions = await this.refuseOtherPartitions();
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        // All of a fetch at once: they go into one transaction
        partitionsConsumedConcurrently: partitions,
        eachBatchAutoResolve: false,
        eachBatch: (payload) => this.take(consumer, payload),
      });
    } catch (thrown) {
      this.died(consumer, thrown as Error);
    }
  }

  /** A dead consumer in a living process would be silence. */
  private died(consumer: Consumer, thrown: Error): void {
    void consumer.disconnect().catch(() => undefined);
    if (this.stopped || this.consumer !== consumer) return;
    this.consumer = this.reading = undefined;
    this.alarm('failing', `The consumer of ${this.settings.topic} died: ${thrown.message}`);
    this.replacing = setTimeout(() => void this.join(), REPLACE);
  }

  /** Positions are made for a number of partitions once; a topic with another number holds streams elsewhere. */
  private async refuseOtherPartitions(): Promise<number> {
    const { listener, source, offsets, topic } = this.settings;
    const [positions, found] = await Promise.all([listener.positions(source), offsets()]);
    const differ = positions.length > 0 && positions.length !== found.length;
    const detail = `The topic ${topic} has ${found.length} partitions, but ${positions.length} were read so far.`;
    this.alarm('wrong-partitions', differ ? detail : undefined);
    if (differ) throw new Error(detail);
    return found.length;
  }

  private async take(consumer: Consumer, payload: EachBatchPayload): Promise<void> {
    const { batch, resolveOffset, heartbeat, isRunning, isStale } = payload;
    const p = batch.partition;
    if (!this.aligned.has(p)) {
      const wanted = await this.offsetWanted(p);
      this.aligned.add(p);
      if (Number(batch.firstOffset()) !== wanted && wanted < Number(batch.highWatermark)) {
        this.seek(consumer, p, wanted);
        return;
      }
    }
    const most = batchOf(this.settings.listener);
    for (let i = 0; i < batch.messages.length && isRunning() && !isStale(); i += most) {
      const chunk = batch.messages.slice(i, i + most);
      const last = chunk.at(-1)!.offset;
      const outcome = await this.delivery.deliver(p, chunk);
      if (outcome === 'not-applied') {
        // So not resolved: the same records come again
        await pause(PAUSE);
        await heartbeat();
        return;
      }
      if (outcome === 'applied') this.rereadAt.delete(p);
      // Behind a hole it is read on: the missing number may have been sent again, further down
      else if (Number(last) + 1 >= Number(batch.highWatermark) && (await this.reread(consumer, p))) return;
      resolveOffset(last);
      await heartbeat();
    }
  }

  /**
   * At the end of a topic with a number missing. It may stand before the place where reading went on, in a topic that
   * was made anew for one; only when it is not there either, a person has to know.
   */
  private async reread(consumer: Consumer, p: number): Promise<boolean> {
    if (Date.now() - (this.rereadAt.get(p) ?? 0) < REREAD) {
      this.delivery.alarmOfHole(p);
      return false;
    }
    this.rereadAt.set(p, Date.now());
    this.seek(consumer, p, await this.offsetWanted(p));
    return true;
  }

  /** The record before the position comes along, to be recognised. */
  private async offsetWanted(p: number): Promise<number> {
    const { listener, source } = this.settings;
    const at = (await listener.positions(source)).find((position) => position.p === p);
    return Math.max(0, (at?.next ?? 1) - 2);
  }

  private seek(consumer: Consumer, p: number, offset: number): void {
    consumer.seek({ topic: this.settings.topic, partition: p, offset: String(offset) });
  }

  private watch(): void {
    this.watching = setTimeout(async () => {
      await this.look().then(
        () => this.alarm('topic-missing', undefined),
        (thrown: Error) => this.alarm('topic-missing', `${this.settings.topic}: ${thrown.message}`),
      );
      if (!this.stopped) this.watch();
    }, WATCH);
  }

  /** A topic that was wiped has fewer records than were applied, and sends nothing that would show it. */
  private async look(): Promise<void> {
    const { listener, source, topic, offsets } = this.settings;
    const found = await offsets();
    for (const { p, next } of await listener.positions(source)) {
      const high = found.find((one) => one.p === p)?.high ?? 0;
      // Another topic by the same name: where reading stands means nothing in it
      const anew = high < (this.ends.get(p) ?? 0);
      const missing = Date.now() - (this.rereadAt.get(p) ?? Infinity) > REREAD;
      if (missing) this.rereadAt.set(p, Date.now());
      if (anew || missing) this.reading?.seek({ topic, partition: p, offset: String(Math.max(0, next - 2)) });
      this.ends.set(p, high);
      const key = `${source}/${p}/end`;
      const detail = `Partition ${p} of ${topic} ends before number ${next - 1}, which was applied.`;
      if (high + 1 < next) listener.alarms.raise('hole', listener.name, key, detail);
      else listener.alarms.clear('hole', listener.name, key);
    }
  }

  /** Raises an alarm of this topic, or clears it when there is nothing to say. */
  private alarm(name: 'failing' | 'topic-missing' | 'wrong-partitions', detail: string | undefined): void {
    const { listener, topic } = this.settings;
    if (detail === undefined) listener.alarms.clear(name, listener.name, topic);
    else listener.alarms.raise(name, listener.name, topic, detail);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
