import { foldTogether } from './applying.js';
import type { ApplyContext, HeardEvent, Statement, Subscriber } from './subscriber.js';

/** Of more events the round trips are not what takes time, and a guess is only one more list of them in memory. */
const FEW = 200;

/** A fold that was begun before its events were known to be new. */
export interface FoldAhead {
  /** @throws whatever `apply` threw */
  readonly folded: Promise<readonly Statement[]>;
  /** Resolves when it reads no more, whether or not it failed: before that the connection must not be somebody else's. */
  readonly ended: Promise<void>;
  /** Whether these, in this order, are the events that were folded. */
  isOf(events: readonly HeardEvent[]): boolean;
}

/**
 * Asks what a fold needs in the same breath as the lock on the positions, for the events that are likely to be new. It is
 * asked behind the lock, on the same connection, so it is answered what a fold after the lock would be answered.
 * It only reads; what was guessed wrong is not used.
 */
export class FoldsAhead {
  /** What each partition was left waiting for, by source and partition. */
  private readonly awaited = new Map<string, number>();

  constructor(private readonly subscriber: Subscriber) {}

  begin(
    source: string,
    arrived: ReadonlyMap<number, readonly HeardEvent[]>,
    context: ApplyContext,
  ): FoldAhead | undefined {
    if (this.subscriber.kind !== 'projection' || !this.subscriber.readsFirst) return undefined;
    const count = [...arrived.values()].reduce((sum, events) => sum + events.length, 0);
    if (count > FEW) return undefined;
    // As positions are locked: by partition
    const partitions = [...arrived].toSorted(([a], [b]) => a - b);
    const guessed = partitions.flatMap(([p, events]) => {
      const awaited = this.awaited.get(`${source}/${p}`) ?? Infinity;
      return events.filter(({ seq }) => seq >= awaited);
    });
    if (guessed.length === 0) return undefined;
    const folded = foldTogether(this.subscriber, guessed, context);
    const ignore = (): void => undefined;
    return {
      folded,
      ended: folded.then(ignore, ignore),
      isOf: (events) => events.length === guessed.length && events.every((event, i) => event === guessed[i]),
    };
  }

  /** To be told after every commit. */
  await(source: string, places: Iterable<{ readonly p: number; readonly next: number }>): void {
    for (const { p, next } of places) this.awaited.set(`${source}/${p}`, next);
  }
}
