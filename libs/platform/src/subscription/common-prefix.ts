import type { Listener } from '../feed/feed.js';
import { Alarms } from './alarms.js';
import type { SubscriptionPosition } from './positions.js';
import type { HeardEvent } from './subscriber.js';
import type { Delivered, Subscription } from './subscription.js';

interface Reached {
  next: number;
  last: HeardEvent | undefined;
  differs: boolean;
}

/** Reads a log from its first event for as long as it is the one that a reaction's journal tells of. */
export class CommonPrefix implements Listener {
  readonly alarms = new Alarms();
  readonly name: string;
  logId: string | undefined;
  private readonly reached: ReadonlyMap<number, Reached>;

  constructor(
    private readonly reaction: Subscription,
    private readonly source: string,
    private readonly old: readonly SubscriptionPosition[],
  ) {
    this.name = `${reaction.name}-after-restore`;
    this.reached = new Map(old.map(({ p }) => [p, { next: 1, last: undefined, differs: false }]));
  }

  async positions(): Promise<SubscriptionPosition[]> {
    return [...this.reached].map(([p, { next, last }]) => ({
      source: this.source,
      p,
      logId: last?.logId ?? null,
      next,
      lastEventId: last?.eventId ?? null,
      lastAt: last?.at ?? null,
    }));
  }

  /** Number `n` is common if the journal names the same event for it. */
  async deliver(_source: string, events: readonly HeardEvent[]): Promise<Delivered[]> {
    const journal = await this.journalOf(events);
    const holes = new Set<number>();
    for (const event of events) {
      this.logId ??= event.logId;
      const at = this.reached.get(event.p);
      if (at === undefined || at.differs || event.seq < at.next) continue;
      if (event.seq > at.next) holes.add(event.p);
      else if (journal.get(`${event.p}/${event.seq}`) !== event.eventId) at.differs = true;
      else {
        at.next++;
        at.last = event;
        holes.delete(event.p);
      }
    }
    const partitions = [...new Set(events.map(({ p }) => p))].filter((p) => this.reached.has(p) && !this.differs(p));
    return partitions.map((p) => ({ p, next: this.nextOf(p), hole: holes.has(p) }));
  }

  nextOf(p: number): number {
    return this.reached.get(p)?.next ?? 1;
  }

  last(p: number): HeardEvent | undefined {
    return this.reached.get(p)?.last;
  }

  differs(p: number): boolean {
    return this.reached.get(p)?.differs === true;
  }

  private async journalOf(events: readonly HeardEvent[]): Promise<Map<string, string>> {
    const { rows } = await this.reaction.pool.query<{ p: number; seq: number; event_id: string }>({
      name: 'journal-of',
      text: `select j.p, j.seq, j.event_id from unnest($3::int[], $4::bigint[], $5::uuid[]) w(p, seq, log_id)
             join reaction_journal j on j.subscription = $1 and j.source = $2
               and j.log_id = w.log_id and j.p = w.p and j.seq = w.seq`,
      values: [
        this.reaction.name,
        this.source,
        events.map(({ p }) => p),
        events.map(({ seq }) => seq),
        events.map(({ p }) => this.old.find((at) => at.p === p)?.logId ?? null),
      ],
    });
    return new Map(rows.map(({ p, seq, event_id }) => [`${p}/${seq}`, event_id]));
  }
}
