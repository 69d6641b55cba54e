import { Gauge, type Registry } from 'prom-client';
import type { Feed } from '../feed/feed.js';
import type { Alarm } from './alarms.js';
import { parkedStreams } from './parking.js';
import type { Subscription } from './subscription.js';

/** How far a subscription is behind in one partition. */
export interface SubscriptionLag {
  readonly subscription: string;
  readonly source: string;
  readonly p: number;
  /** Events committed and not yet applied. */
  readonly behind: number;
  /** Milliseconds since the oldest of them was committed; 0 if there is none. Somebody is waiting that long. */
  readonly age: number;
}

export interface LagReport {
  readonly lags: readonly SubscriptionLag[];
  readonly parked: ReadonlyMap<string, number>;
  readonly alarms: readonly Alarm[];
}

/** A subscription with the feeds that it follows. */
export interface Followed {
  readonly subscription: Subscription;
  readonly feeds: readonly Feed[];
}

/** Reports within this many milliseconds of one another are the same one: a scrape asks once, not once a gauge. */
const FRESH = 500;

/** How far the subscriptions of a service are behind, for metrics, readiness and people. */
export class SubscriptionHealth {
  private last: { readonly at: number; readonly report: Promise<LagReport> } | undefined;

  constructor(private readonly followed: readonly Followed[]) {}

  report(): Promise<LagReport> {
    if (this.last !== undefined && performance.now() - this.last.at < FRESH) return this.last.report;
    const report = this.ask();
    this.last = { at: performance.now(), report };
    return report;
  }

  /**
   * Not ready while a subscription has stopped, or somebody has waited longer than `maxAge` milliseconds. How many
   * events are missing does not matter: after a morning's import it is many, and they are gone in a second.
   */
  async check(maxAge: number): Promise<{ ok: boolean; detail?: string }> {
    const { alarms, lags } = await this.report();
    const stopping = alarms.filter(({ stops }) => stops);
    const late = lags.filter(({ age }) => age > maxAge);
    if (stopping.length === 0 && late.length === 0) return { ok: true };
    const details = [
      ...new Set(stopping.map(({ name, of }) => `${of}: ${name}`)),
      ...new Set(late.map(({ subscription, source }) => `${subscription}: ${source} is not applied in time`)),
    ];
    return { ok: false, detail: details.join('; ') };
  }

  /** Adds the gauges to the numbers of a process. */
  register(registry: Registry): void {
    const place = ['subscription', 'source', 'partition'] as const;
    this.gauge(
      registry,
      'subscription_behind_events',
      'Events committed and not yet applied.',
      place,
      (gauge, { lags }) => {
        for (const lag of lags) gauge.set(labels(lag), lag.behind);
      },
    );
    this.gauge(
      registry,
      'subscription_oldest_age_seconds',
      'Age of the oldest event not yet applied.',
      place,
      (gauge, { lags }) => {
        for (const lag of lags) gauge.set(labels(lag), lag.age / 1_000);
      },
    );
    this.gauge(
      registry,
      'subscription_parked_streams',
      'Streams that wait for a person.',
      ['subscription'],
      (gauge, { parked }) => {
        for (const [subscription, n] of parked) gauge.set({ subscription }, n);
      },
    );
    this.gauge(
      registry,
      'subscription_alarms',
      'Alarms that are on.',
      ['subscription', 'alarm'],
      (gauge, { alarms }) => {
        for (const { of, name } of alarms) gauge.inc({ subscription: of, alarm: name });
      },
    );
  }

  private gauge<Label extends string>(
    registry: Registry,
    name: string,
    help: string,
    labelNames: readonly Label[],
    set: (gauge: Gauge<Label>, report: LagReport) => void,
  ): void {
    const report = () => this.report();
    const gauge: Gauge<Label> = new Gauge({
      name,
      help,
      labelNames: [...labelNames],
      registers: [registry],
      async collect() {
        gauge.reset();
        // A number that is not known is left out; the scrape must bring the others, now of all times.
        const now = await report().catch(() => undefined);
        if (now !== undefined) set(gauge, now);
      },
    });
  }

  private async ask(): Promise<LagReport> {
    const lags: SubscriptionLag[] = [];
    const alarms = new Set<Alarm>();
    const parked = new Map<string, number>();
    for (const { subscription, feeds } of this.followed) {
      const { name, pool } = subscription;
      for (const alarm of subscription.alarms.list()) alarms.add(alarm);
      parked.set(name, (await parkedStreams(pool, name)).size);
      for (const feed of feeds.filter(({ source }) => subscription.subscriber.sources.includes(source))) {
        const { source } = feed;
        const positions = await subscription.positions(source);
        for (const lag of await feed.lag(positions)) lags.push({ subscription: name, source, ...lag });
      }
    }
    return { lags, parked, alarms: [...alarms] };
  }
}

function labels({ subscription, source, p }: SubscriptionLag) {
  return { subscription, source, partition: String(p) };
}
