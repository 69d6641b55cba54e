import type { PartitionHead } from '../log/event-log.js';
import type { Alarms } from '../subscription/alarms.js';
import type { SubscriptionPosition } from '../subscription/positions.js';
import type { Delivered } from '../subscription/subscription.js';
import type { HeardEvent } from '../subscription/subscriber.js';

/** Who wants a source's events; a `Subscription`, or a rebuild. */
export interface Listener {
  readonly name: string;
  readonly alarms: Alarms;
  /** Events it wants to be handed at once, where it does not go by `BATCH`. */
  readonly batch?: number;
  /** Milliseconds it wants to be left alone for after a delivery; what is behind is handed over at once all the same. */
  readonly rest?: number;
  positions(source: string): Promise<SubscriptionPosition[]>;
  deliver(source: string, events: readonly HeardEvent[]): Promise<Delivered[]>;
}

/** A listener being served. */
export interface Following {
  /** Ends when the batch under way has been applied. */
  stop(): Promise<void>;
}

/** How far a position is behind its source. */
export interface PartitionLag {
  readonly p: number;
  /** Events not yet applied. */
  readonly behind: number;
  /** Milliseconds since the oldest of them was committed, by the clock of the log; 0 if there is none. */
  readonly age: number;
}

/**
 * How the log of one service travels to another. Two of them, one contract (`feed.contract.ts`): every event of a
 * partition in order and at least once, from the position of the listener on, duplicates and holes left for it to see.
 */
export abstract class Feed {
  abstract readonly source: string;
  /** How many partitions the source has; asked once at the start. */
  abstract partitions(): Promise<number>;
  /** Where the source stands as this transport sees it: what `lag` is measured against. */
  abstract heads(): Promise<PartitionHead[]>;
  /** How far these positions are behind. Unless a transport knows better, the age is that of the newest event. */
  async lag(positions: readonly { readonly p: number; readonly next: number }[]): Promise<PartitionLag[]> {
    const heads = new Map((await this.heads()).map((head) => [head.p, head]));
    return positions.map(({ p, next }) => {
      const head = heads.get(p);
      const behind = Math.max(0, (head?.next ?? 1) - next);
      return { p, behind, age: behind === 0 ? 0 : Math.max(0, Date.now() - head!.lastAt) };
    });
  }
  /**
   * Serves the listener until it is stopped, through every failure that may pass. What the listener does not answer for is
   * handed over again.
   */
  abstract follow(listener: Listener): Promise<Following>;
  abstract close(): Promise<void>;
}

/** Events a listener is handed at once, unless it says otherwise. */
export const BATCH = 1_000;

export function batchOf({ batch = BATCH }: Listener): number {
  return batch;
}
