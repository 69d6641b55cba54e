import type { Listener } from '../feed/feed.js';
import type { Alarms } from './alarms.js';
import type { SubscriptionPosition } from './positions.js';
import type { HeardEvent } from './subscriber.js';
import type { Delivered, Subscription } from './subscription.js';

/** Up to where a new version may be filled: `source/p` to the first number that is too far; Infinity where any will do. */
export type Bounds = ReadonlyMap<string, number>;

/**
 * Fills a new version of the tables from a feed, never beyond the live version: only tables that stand at the same
 * place can be compared. What arrives early is kept until it may be applied.
 */
export class RebuildListener implements Listener {
  /** What a batch costs whatever is in it is shared by more; nobody waits for a row of these tables meanwhile. */
  readonly batch = 4_000;
  private readonly next = new Map<string, number>();
  private bounds: Bounds = new Map();
  private readonly early = new Map<string, HeardEvent[]>();
  private readonly underWay = new Set<Promise<unknown>>();
  private closed = false;
  private frozen = false;

  /** @param name the group in Kafka: the live version's would take partitions from it */
  constructor(
    readonly name: string,
    private readonly filling: Subscription,
    /** How far the live version has come in the log with this id; Infinity, where it follows another one. */
    private readonly readBounds: (source: string, logId: string) => Promise<Bounds>,
  ) {}

  /** Of its own: a rebuild that cannot go on is no reason for the live version not to be ready. */
  get alarms(): Alarms {
    return this.filling.alarms;
  }

  /** Events that the new version holds. */
  get applied(): number {
    return [...this.next.values()].reduce((sum, next) => sum + next - 1, 0);
  }

  nextOf(source: string, p: number): number {
    return this.next.get(`${source}/${p}`) ?? 1;
  }

  /** Whether anything of the source has arrived, so that its log is known. */
  heard(source: string): boolean {
    return [...this.bounds.keys()].some((key) => key.startsWith(`${source}/`));
  }

  positions(source: string): Promise<SubscriptionPosition[]> {
    return this.filling.positions(source);
  }

  async deliver(source: string, events: readonly HeardEvent[]): Promise<Delivered[]> {
    if (this.closed || events.length === 0) return [];
    if (!this.frozen && !events.every((event) => this.allows(event))) {
      const bounds = await this.readBounds(source, events[0]!.logId);
      if (this.closed) return [];
      if (!this.frozen) this.bounds = new Map([...this.bounds, ...bounds]);
    }
    return this.pass(source, events);
  }

  /** Nothing more is let through than up to these bounds, which are read when nothing is under way. */
  async freeze(readBounds: () => Promise<Bounds>): Promise<void> {
    this.closed = true;
    await Promise.allSettled(this.underWay);
    this.bounds = await readBounds();
    this.frozen = true;
    this.closed = false;
    for (const events of [...this.early.values()]) await this.pass(events[0]!.source, events);
  }

  thaw(): void {
    this.frozen = false;
    this.closed = false;
  }

  /** Whether everything up to the bounds has been applied. */
  get full(): boolean {
    return [...this.bounds].every(([key, bound]) => (this.next.get(key) ?? 1) >= bound);
  }

  private async pass(source: string, events: readonly HeardEvent[]): Promise<Delivered[]> {
    const early = new Map<string, HeardEvent[]>();
    const fit: HeardEvent[] = [];
    for (const event of events) {
      this.early.delete(keyOf(event));
      const list = early.get(keyOf(event));
      if (this.allows(event)) fit.push(event);
      else if (list === undefined) early.set(keyOf(event), [event]);
      else list.push(event);
    }
    for (const [key, list] of early) this.early.set(key, list);
    if (fit.length === 0) return [];
    const delivering = this.filling.deliver(source, fit);
    this.underWay.add(delivering);
    try {
      const delivered = await delivering;
      for (const { p, next } of delivered) this.next.set(`${source}/${p}`, next);
      // A partition taken in part counts as not answered: what is left of it will be handed over again
      return delivered.filter(({ p }) => !early.has(`${source}/${p}`));
    } finally {
      this.underWay.delete(delivering);
    }
  }

  private allows(event: HeardEvent): boolean {
    return event.seq < (this.bounds.get(keyOf(event)) ?? 0);
  }
}

function keyOf({ source, p }: HeardEvent): string {
  return `${source}/${p}`;
}
