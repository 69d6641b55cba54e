import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ServiceDatabase } from '#platform/hosting/rows.js';
import { Subscriptions } from '#platform/hosting/subscriptions.module.js';
import { LEDGER } from '../ledger/ledger.projector.js';
import { Ledger } from '../query/ledger-reading.js';
import { Lifecycle } from '#platform/service/lifecycle.js';
import { ServiceLog } from '#platform/service/logging.js';
import { dropFeedSet, FeedFolder } from './feed-drop.js';
import { makeFeedSet, type FeedSet } from './feed-set.js';
import { makeReportingSchema, publishTables } from './reporting-schema.js';

/** Sets that can still be read by whoever has begun to: a manifest and its files belong together. */
const KEPT = 4;

/** How often the tables of BI tools are looked after, milliseconds: a dashboard is read by the minute. */
const EVERY = 60_000;

/** The feed set of now, made again only when something was heard since; every minute also as tables for BI tools. */
@Injectable()
export class Feeds implements OnModuleInit {
  private stale = true;
  private making: Promise<FeedSet> | undefined;
  private readonly sets: FeedSet[] = [];

  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Subscriptions) subscriptions: Subscriptions,
    @Inject(ServiceDatabase) private readonly database: ServiceDatabase,
    @Inject(Lifecycle) private readonly lifecycle: Lifecycle,
    @Inject(ServiceLog) private readonly log: ServiceLog,
    @Inject(FeedFolder) private readonly folder: FeedFolder,
  ) {
    subscriptions.named(LEDGER).onMoved(() => (this.stale = true));
  }

  async onModuleInit(): Promise<void> {
    await makeReportingSchema(this.database.pool);
    let publishing: Promise<void> = Promise.resolve();
    const timer = setInterval(() => {
      publishing = this.publish().catch((err: unknown) =>
        this.log.warn('The tables and files of the feeds are not up to date', { err }),
      );
    }, EVERY);
    this.lifecycle.onStop('consumers', async () => {
      clearInterval(timer);
      await publishing;
    });
  }

  /** Brings the tables of the schema `reporting`, and the folder of the export gate, up to now. */
  async publish(): Promise<void> {
    const set = await this.set();
    if (set === undefined) return;
    await publishTables(this.database.pool, set);
    if (this.folder.path !== undefined) await dropFeedSet(this.folder.path, set);
  }

  /** The set of now, if it is made already. */
  newest(): FeedSet | undefined {
    return this.stale ? undefined : this.sets[0];
  }

  /** @param setId of a set that was begun; the newest when absent. @returns undefined when it is no longer kept */
  async set(setId?: string): Promise<FeedSet | undefined> {
    if (setId !== undefined) return this.sets.find((set) => set.setId === setId);
    const newest = this.newest();
    if (newest !== undefined) return newest;
    // Everybody who asks meanwhile gets the same one
    this.making ??= this.make().finally(() => (this.making = undefined));
    return this.making;
  }

  private async make(): Promise<FeedSet> {
    this.stale = false;
    try {
      const made = await this.ledger.read(undefined, makeFeedSet);
      // One assignment: nobody sees half of it
      if (this.sets[0]?.setId !== made.setId) this.sets.unshift(made);
      this.sets.length = Math.min(this.sets.length, KEPT);
      return this.sets[0]!;
    } catch (thrown) {
      this.stale = true;
      throw thrown;
    }
  }
}
