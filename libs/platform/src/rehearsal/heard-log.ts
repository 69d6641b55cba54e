import { EmbeddedFeed } from '../feed/embedded-feed.js';
import type { Lanes } from '../lane/lanes.js';
import { publishTypes, readHeads, readLogId } from '../log/event-log.js';
import type { HeardEvent } from '../subscription/subscriber.js';
import { countHeads, readHeadCount } from './head-count.js';
import { RehearsalConsumer, until } from './rehearsal-consumer.js';
import { RehearsalLog } from './rehearsal-log.js';
import { on } from './small-session.js';

/** A log and another service that hears it through the embedded feed. */
export class HeardLog {
  private readonly feeds: EmbeddedFeed[] = [];
  private readonly consumers: RehearsalConsumer[] = [];

  private constructor(
    readonly log: RehearsalLog,
    public lanes: Lanes,
  ) {}

  static async make(): Promise<HeardLog> {
    const log = await RehearsalLog.make();
    await publishTypes(log.pool, ['Opened', 'Closed', 'Reserved', 'Cancelled']);
    const heard = new HeardLog(log, await log.openLanes());
    heard.lanes = await log.openLanes({ onCommitted: () => heard.kick() });
    return heard;
  }

  /** What another process of the hearing service reads from. */
  feed(): EmbeddedFeed {
    const feed = new EmbeddedFeed('reservations', { url: this.log.url, name: 'rehearsal-feed' });
    this.feeds.push(feed);
    return feed;
  }

  /** Another service; closed with this. */
  async consumer(): Promise<RehearsalConsumer> {
    const consumer = await RehearsalConsumer.make();
    this.consumers.push(consumer);
    return consumer;
  }

  kick(): void {
    for (const feed of this.feeds) feed.kick();
  }

  open(name: string, capacity = 10_000) {
    return this.lanes.submit(on(name, { do: 'open', capacity }));
  }

  async reserve(name: string, ...persons: readonly string[]): Promise<void> {
    for (const person of persons) await this.lanes.submit(on(name, { do: 'reserve', person }));
  }

  async upToDate(consumer: RehearsalConsumer, schema?: string): Promise<void> {
    await until(
      async () =>
        JSON.stringify(await readHeadCount(consumer.pool, schema)) ===
        JSON.stringify(countHeads(await this.log.events())),
      'the projection being up to date',
    );
  }

  /** Everything there is, as a feed would deliver it. */
  async heardEvents(): Promise<HeardEvent[]> {
    const logId = await readLogId(this.log.pool);
    return (await this.log.events()).map((event) => ({ ...event, source: 'reservations', logId }));
  }

  async heads(): Promise<number> {
    return (await readHeads(this.log.pool)).reduce((sum, { next }) => sum + next - 1, 0);
  }

  async close(): Promise<void> {
    await Promise.all(this.consumers.map((consumer) => consumer.close()));
    await Promise.all(this.feeds.map((feed) => feed.close()));
    await this.log.close();
  }
}
