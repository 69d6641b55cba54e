import { newId } from '#kernel/ids.js';
import type { Rig } from '../feed/feed.contract.js';
import type { RehearsalLog } from '../rehearsal/rehearsal-log.js';
import { Alarms, type Alarm } from '../subscription/alarms.js';
import { Wakeups } from '../wakeup/wakeups.js';
import { KafkaFeed } from './kafka-feed.js';
import { Relay } from './relay.js';

/** A relay between a rehearsal's log and a topic of its own, for specs and benches. */
export class KafkaRig implements Rig {
  /** Keeps the topics of one run apart from another's on the same broker. */
  readonly prefix = `${newId()}.`;
  readonly wakeups: Wakeups;
  readonly relayAlarms = new Alarms();
  private relay: Relay | undefined;
  private readonly feeds: KafkaFeed[] = [];

  constructor(
    private readonly log: RehearsalLog,
    readonly brokers: readonly string[],
  ) {
    this.wakeups = new Wakeups({ url: log.url, name: 'rehearsal-wakeups' });
  }

  async open(): Promise<this> {
    await this.wakeups.open();
    this.startRelay();
    return this;
  }

  startRelay(): void {
    const { wakeups, brokers, prefix, relayAlarms } = this;
    const database = { url: this.log.url, name: 'rehearsal-relay' };
    this.relay = new Relay({
      source: 'reservations',
      database,
      brokers,
      wakeups,
      alarms: relayAlarms,
      topicPrefix: prefix,
    });
    this.relay.start();
  }

  async stopRelay(): Promise<void> {
    await this.relay?.stop();
    this.relay = undefined;
  }

  feed(service: string): KafkaFeed {
    const feed = new KafkaFeed('reservations', this.brokers, service, this.prefix);
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
