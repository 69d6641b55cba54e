import { newId } from '#kernel/ids.js';
import kafkajs, { type Admin, type EachMessagePayload } from 'kafkajs';
import type { Rig } from '../feed/feed.contract.js';
import { until } from '../rehearsal/rehearsal-consumer.js';
import type { RehearsalLog } from '../rehearsal/rehearsal-log.js';
import { Alarms, type Alarm } from '../subscription/alarms.js';
import { Wakeups } from '../wakeup/wakeups.js';
import { kafkaClient, type ConsumerTimes } from './kafka-client.js';
import { KafkaFeed } from './kafka-feed.js';
import { Relay, type RelaySettings } from './relay.js';
import { republish } from './republish.js';
import { readOffsets, topicOf, type Offsets } from './topic.js';

export const SOURCE = 'reservations';

type RelayTimes = Pick<RelaySettings, 'auditEvery' | 'lookEvery'>;

interface Record {
  readonly p: number;
  readonly key: string;
  readonly value: string;
  readonly headers: { readonly [name: string]: string };
}

/** A relay between a rehearsal's log and a topic of its own, for specs and benches. */
export class KafkaRig implements Rig {
  readonly wakeups: Wakeups;
  readonly relayAlarms = new Alarms();
  readonly topic: string;
  private readonly relays: Relay[] = [];
  private readonly feeds: KafkaFeed[] = [];

  constructor(
    private readonly log: RehearsalLog,
    readonly brokers: readonly string[],
    /** Keeps the topics of one run apart from another's on the same broker. */
    readonly prefix = `${newId()}.`,
    readonly source = SOURCE,
  ) {
    this.topic = topicOf(source, prefix);
    this.wakeups = new Wakeups({ url: log.url, name: 'rehearsal-wakeups' });
  }

  async open(times: RelayTimes = {}): Promise<this> {
    await this.wakeups.open();
    this.startRelay(times);
    return this;
  }

  /** One more relay, as another process of the service would run it. */
  startRelay(times: RelayTimes = {}): Relay {
    const { wakeups, brokers, prefix, source, relayAlarms: alarms } = this;
    const database = { url: this.log.url, name: 'rehearsal-relay' };
    const relay = new Relay({ source, database, brokers, wakeups, alarms, topicPrefix: prefix, ...times });
    this.relays.push(relay);
    relay.start();
    return relay;
  }

  async stopRelay(): Promise<void> {
    await Promise.all(this.relays.splice(0).map((relay) => relay.stop()));
  }

  /** From the first number of every partition on, two relays taking turns. */
  async sendAgain(): Promise<void> {
    const before = await this.offsets();
    this.startRelay();
    await Promise.all(before.map(({ p }) => republish(this.log.pool, p, 1)));
    await this.stopLeader();
    await until(
      async () => (await this.offsets()).every(({ p, high }) => high >= 2 * before[p]!.high),
      'sending again',
    );
  }

  /** Ends the database session of the relay that sends: another takes over, with whatever was on its way sent twice. */
  async stopLeader(): Promise<void> {
    await this.log.pool.query(`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted
      and database = (select oid from pg_database where datname = current_database())`);
  }

  /** Without a word to those who write and read. */
  wipe(): Promise<void> {
    return this.asAdmin((admin) => admin.deleteTopics({ topics: [this.topic] }));
  }

  async putBack(): Promise<void> {
    // The relay makes the topic again, and sends everything again
  }

  offsets(): Promise<Offsets[]> {
    return this.asAdmin((admin) => readOffsets(admin, this.topic));
  }

  /** The whole topic as another program sees it: a client of kafkajs without anything of ours. */
  async records(): Promise<Record[]> {
    const left = new Map((await this.offsets()).filter(({ high, low }) => high > low).map(({ p, high }) => [p, high]));
    const consumer = new kafkajs.Kafka({ brokers: [...this.brokers], logLevel: 0 }).consumer({
      groupId: newId(),
      maxWaitTimeInMs: 50,
    });
    const records: Record[] = [];
    await consumer.connect();
    await consumer.subscribe({ topic: this.topic, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      const eachMessage = async ({ partition, message }: EachMessagePayload) => {
        const headers = Object.fromEntries(
          Object.entries(message.headers ?? {}).map(([name, text]) => [name, String(text)]),
        );
        records.push({ p: partition, key: String(message.key), value: String(message.value), headers });
        if (Number(message.offset) + 1 === left.get(partition)) left.delete(partition);
        if (left.size === 0) resolve();
      };
      if (left.size === 0) resolve();
      consumer.run({ autoCommit: false, eachMessage }).catch(reject);
    });
    await consumer.disconnect();
    return records;
  }

  async asAdmin<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = kafkaClient(this.brokers, 'rehearsal').admin();
    await admin.connect();
    return work(admin).finally(() => admin.disconnect());
  }

  feed(service: string, times: ConsumerTimes = {}): KafkaFeed {
    const feed = new KafkaFeed(this.source, this.brokers, service, this.prefix, times);
    this.feeds.push(feed);
    return feed;
  }

  committed(): void {
    this.wakeups.committed();
  }

  /** The relay finds the hole itself when it starts, and once an hour. */
  async makeGood(p: number, seq: number): Promise<void> {
    await this.log.findNumber(p, seq);
    await this.storeWasRestored();
  }

  /** A store is restored while its service is down. */
  async storeWasRestored(): Promise<void> {
    await this.stopRelay();
    this.startRelay();
  }

  alarms(): Alarm[] {
    return this.relayAlarms.list();
  }

  async close(): Promise<void> {
    await Promise.all(this.feeds.map((feed) => feed.close()));
    await this.stopRelay();
    await this.wakeups.close();
  }
}
