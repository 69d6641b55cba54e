import type { Admin, Kafka } from 'kafkajs';
import { Feed, type Following, type Listener, type PartitionLag } from '../feed/feed.js';
import type { PartitionHead } from '../log/event-log.js';
import { kafkaClient, type ConsumerTimes } from './kafka-client.js';
import { KafkaLag, type LagOf } from './kafka-lag.js';
import { KafkaMember } from './kafka-member.js';
import { partitionsOfTopic, readOffsets, topicOf, type Offsets } from './topic.js';

/** How often it is asked whether the topic is there by now, milliseconds. */
const PAUSE = 200;

/**
 * Reads a log from its topic. Where to begin is the listener's position, not the group's offset: number `n` stands at
 * offset `n - 1` or later, because every number was sent at least once and in order. What kafkajs delivers instead
 * does no harm, it is only seen (facts/kafka §4.1).
 */
export class KafkaFeed extends Feed {
  private readonly kafka: Kafka;
  private readonly admin: Admin;
  private readonly topic: string;
  private readonly lags = new KafkaLag();
  private connected: Promise<void> | undefined;

  /** @param group tells the consumers of one service from another's */
  constructor(
    readonly source: string,
    brokers: readonly string[],
    private readonly group: string,
    topicPrefix = '',
    private readonly times: ConsumerTimes = {},
  ) {
    super();
    this.topic = topicOf(source, topicPrefix);
    this.kafka = kafkaClient(brokers, group);
    this.admin = this.kafka.admin();
  }

  /** Waits for the topic: its owner makes it when it starts. */
  async partitions(): Promise<number> {
    await this.connect();
    for (;;) {
      const found = await partitionsOfTopic(this.admin, this.topic);
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  /** Offsets, not numbers: with records sent twice they are higher, never lower. */
  async heads(): Promise<PartitionHead[]> {
    return (await this.offsets()).map(({ p, high }) => ({ p, next: high + 1, lastAt: 0 }));
  }

  /** Behind are records of the topic; the age counts from when the position was first seen to stand still. */
  override async lag(positions: readonly LagOf[]): Promise<PartitionLag[]> {
    await this.connect();
    return this.lags.of(this.admin, this.topic, positions);
  }

  async follow(listener: Listener): Promise<Following> {
    const member = new KafkaMember({
      kafka: this.kafka,
      topic: this.topic,
      source: this.source,
      // A group a source: kafkajs hands a group's partitions to any of its members, also to those of another topic
      groupId: `${this.group}.${listener.name}.${this.source}`,
      times: this.times,
      listener,
      offsets: () => this.offsets(),
    });
    await member.start();
    return { stop: () => member.stop() };
  }

  async close(): Promise<void> {
    await this.admin.disconnect().catch(() => undefined);
  }

  private async offsets(): Promise<Offsets[]> {
    await this.connect();
    return readOffsets(this.admin, this.topic);
  }

  private async connect(): Promise<void> {
    this.connected ??= this.admin.connect();
    try {
      await this.connected;
    } catch (thrown) {
      // The broker may come later than this process
      this.connected = undefined;
      throw thrown;
    }
  }
}
