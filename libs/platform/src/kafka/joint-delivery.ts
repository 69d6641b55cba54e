import { batchOf, type Listener } from '../feed/feed.js';
import type { HeardEvent } from '../subscription/subscriber.js';
import type { Delivered } from '../subscription/subscription.js';

interface Waiting {
  readonly events: readonly HeardEvent[];
  readonly resolve: (delivered: readonly Delivered[]) => void;
  readonly reject: (thrown: unknown) => void;
}

/**
 * Hands over together what several partitions bring at the same time: one transaction and one commit for all of them,
 * since the last of eight would otherwise wait for the seven before it. What cannot be applied is delivered again
 * by each of them.
 */
export class JointDelivery {
  private waiting: Waiting[] = [];
  private running = false;

  constructor(
    private readonly source: string,
    private readonly listener: Listener,
  ) {}

  /** @param events of one partition. @returns what became of it; nothing when another process is working on it */
  async deliver(events: readonly HeardEvent[]): Promise<Delivered | undefined> {
    const delivered = await new Promise<readonly Delivered[]>((resolve, reject) => {
      this.waiting.push({ events, resolve, reject });
      if (this.running) return;
      this.running = true;
      // The end of this turn: the partitions of one fetch arrive one after another
      setImmediate(() => void this.run());
    });
    return delivered.find(({ p }) => p === events[0]!.p);
  }

  private async run(): Promise<void> {
    const { rest = 0 } = this.listener;
    while (this.waiting.length > 0) {
      const together = this.take();
      try {
        const events = together.flatMap((one) => one.events);
        const delivered = await this.listener.deliver(this.source, events);
        // The next fetch is asked for when this one has been answered
        if (rest > 0 && events.length < batchOf(this.listener) / 2) {
          await new Promise((resolve) => setTimeout(resolve, rest));
        }
        for (const { resolve } of together) resolve(delivered);
      } catch (thrown) {
        for (const { reject } of together) reject(thrown);
      }
    }
    this.running = false;
  }

  /** No more than a batch, unless the first alone is one. */
  private take(): Waiting[] {
    const most = batchOf(this.listener);
    let count = 0;
    let taken = 0;
    for (const { events } of this.waiting) {
      count += events.length;
      if (taken > 0 && count > most) break;
      taken++;
    }
    return this.waiting.splice(0, taken);
  }
}
