import { Inject, Injectable } from '@nestjs/common';
import { Subscriptions } from '#platform/hosting/subscriptions.module.js';
import { LEDGER } from '../ledger/ledger.projector.js';
import { Ledger } from '../query/ledger-reading.js';
import { makeFeedSet, type FeedSet } from './feed-set.js';

/** Sets that can still be read by whoever has begun to: a manifest and its files belong together. */
const KEPT = 4;

/** The feed set of now, made again only when something was heard since. */
@Injectable()
export class Feeds {
  private stale = true;
  private making: Promise<FeedSet> | undefined;
  private readonly sets: FeedSet[] = [];

  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Subscriptions) subscriptions: Subscriptions,
  ) {
    subscriptions.named(LEDGER).onMoved(() => (this.stale = true));
  }

  /** @param setId of a set that was begun; the newest when absent. @returns undefined when it is no longer kept */
  async set(setId?: string): Promise<FeedSet | undefined> {
    if (setId !== undefined) return this.sets.find((set) => set.setId === setId);
    const [newest] = this.sets;
    if (newest !== undefined && !this.stale) return newest;
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
