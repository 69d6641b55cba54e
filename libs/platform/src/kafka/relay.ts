import type { Kafka } from 'kafkajs';
import type pg from 'pg';
import { Pump } from '../feed/pump.js';
import type { ConnectionSettings } from '../log/connection.js';
import { readHeads, readLogId } from '../log/event-log.js';
import type { Alarms } from '../subscription/alarms.js';
import type { Wakeups } from '../wakeup/wakeups.js';
import { audit, AnotherLogInTopic } from './audit.js';
import { kafkaClient, newProducer } from './kafka-client.js';
import { Leadership } from './leadership.js';
import { sendPending, type Term } from './send.js';
import { ensureTopic, readOffsets, TopicRefused, topicOf } from './topic.js';
import { TopicEnds } from './topic-ends.js';

export interface RelaySettings {
  readonly source: string;
  readonly database: ConnectionSettings;
  readonly brokers: readonly string[];
  readonly wakeups: Wakeups;
  readonly alarms: Alarms;
  readonly topicPrefix?: string;
  readonly replicationFactor?: number;
  /** Milliseconds between audits of the topic. */
  readonly auditEvery?: number;
  /** Milliseconds between looks whether the topic still has what it had. */
  readonly lookEvery?: number;
}

const NAME = 'relay';
const HOUR = 3_600_000;
const LOOK = 5_000;
/** How soon a topic that was refused is looked at again, milliseconds: a person may have replaced it. */
const REFUSED = 2_000;

/** Sends the published log to its topic: each partition in order, every number at least once, from one process at a time. */
export class Relay {
  private readonly kafka: Kafka;
  private readonly leadership: Leadership;
  private readonly pump: Pump;
  private readonly topic: string;
  private term: Term | undefined;
  private forget: () => void = () => undefined;
  private refusedUntil = 0;

  constructor(private readonly settings: RelaySettings) {
    this.topic = topicOf(settings.source, settings.topicPrefix);
    this.kafka = kafkaClient(settings.brokers, `${settings.source}-relay`);
    this.leadership = new Leadership(settings.database);
    this.pump = new Pump(NAME, settings.alarms, () => this.advance());
  }

  start(): void {
    this.forget = this.settings.wakeups.onWake(() => this.pump.kick());
    this.pump.start();
  }

  /** Whether this process is the one that sends. */
  get leads(): boolean {
    return this.leadership.leads;
  }

  async stop(): Promise<void> {
    this.forget();
    await this.pump.stop();
    await this.giveUp();
  }

  private async advance(): Promise<boolean> {
    if (Date.now() < this.refusedUntil) return false;
    try {
      const client = await this.leadership.claim();
      if (client === undefined) return false;
      // The session is another one than before: meanwhile somebody else may have led
      if (this.term?.client !== client) await this.begin(client);
      const term = this.term!;
      if (Date.now() - term.lookedAt > (this.settings.lookEvery ?? LOOK)) await this.look(term);
      if (Date.now() - term.auditedAt > (this.settings.auditEvery ?? HOUR)) await this.audit(term);
      return await sendPending(term, this.settings.source, this.topic);
    } catch (thrown) {
      // Whatever it was, the next try starts from what is written down: leadership, audit, position.
      await this.giveUp();
      if (thrown instanceof AnotherLogInTopic || thrown instanceof TopicRefused) {
        const name = thrown instanceof TopicRefused ? 'wrong-partitions' : 'another-log';
        this.settings.alarms.raise(name, NAME, this.topic, thrown.message);
        this.refusedUntil = Date.now() + REFUSED;
        return false;
      }
      throw thrown;
    }
  }

  /** Makes sure that the topic continues this very log. */
  private async begin(client: pg.Client): Promise<void> {
    await this.end();
    const logId = await readLogId(client);
    const partitions = (await readHeads(client)).length;
    const term: Term = {
      client,
      admin: this.kafka.admin(),
      producer: newProducer(this.kafka),
      logId,
      ends: new TopicEnds(),
      auditedAt: 0,
      lookedAt: Date.now(),
    };
    this.term = term;
    await term.admin.connect();
    await ensureTopic(term.admin, this.topic, partitions, this.settings.replicationFactor ?? 1);
    await term.producer.connect();
    await this.audit(term);
    this.settings.alarms.clear('another-log', NAME, this.topic);
    this.settings.alarms.clear('wrong-partitions', NAME, this.topic);
  }

  private async audit(term: Term): Promise<void> {
    const { admin, client, logId } = term;
    term.ends.audited(await audit({ kafka: this.kafka, admin, topic: this.topic, client, logId }));
    term.auditedAt = Date.now();
  }

  /** A topic that was wiped or made anew while nothing was sent would otherwise stay so until the next audit. */
  private async look(term: Term): Promise<void> {
    if (term.ends.lost(await readOffsets(term.admin, this.topic))) term.auditedAt = 0;
    term.lookedAt = Date.now();
  }

  private async giveUp(): Promise<void> {
    await this.end();
    await this.leadership.resign();
  }

  /** The producer is never used again: see `newProducer`. Nor is the admin, which would ask for a deleted topic for ever. */
  private async end(): Promise<void> {
    const { term } = this;
    this.term = undefined;
    await Promise.all([term?.producer, term?.admin].map((client) => client?.disconnect().catch(() => undefined)));
  }
}
