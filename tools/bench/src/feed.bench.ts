import { EmbeddedFeed } from '#platform/feed/embedded-feed.js';
import type { Listener } from '#platform/feed/feed.js';
import pg from 'pg';
import { Alarms } from '#platform/subscription/alarms.js';
import type { SubscriptionPosition } from '#platform/subscription/positions.js';
import type { HeardEvent } from '#platform/subscription/subscriber.js';
import type { Delivered } from '#platform/subscription/subscription.js';
import type { Bench } from './bench.js';
import { paired } from './paired.js';
import { judge } from './result.js';
import { plainRead, storedEvents } from './stored-events.js';

const COUNT = 200_000;

/** Reading the published log as another service does, against reading its table plainly. */
export const feed: Bench = async function* ({ progress }) {
  const log = await storedEvents(COUNT, 2_000, progress);
  const plain = new pg.Pool({ connectionString: log.url, max: 1 });
  try {
    progress('feed');
    const measured = await paired(
      () => plainRead(plain, COUNT),
      () => feedRead(log.url),
    );
    yield judge(
      {
        bench: 'feed',
        candidate: `feed read of ${COUNT / 1000}k events`,
        baseline: 'plain keyset read of the same rows',
        unit: 'events/s',
        limit: 0.8,
        direction: 'atLeast',
      },
      measured,
    );
  } finally {
    await plain.end();
    await log.close();
  }
};

async function feedRead(url: string): Promise<number> {
  const source = new EmbeddedFeed('reservations', { url, name: 'bench-feed' });
  const counting = new Counting();
  const start = performance.now();
  const following = await source.follow(counting);
  await counting.done;
  const rate = (COUNT * 1000) / (performance.now() - start);
  await following.stop();
  await source.close();
  return rate;
}

/** Counts what it hears, and that nothing is heard twice. */
class Counting implements Listener {
  readonly name = 'bench';
  readonly done: Promise<void>;
  readonly alarms: Alarms;
  private readonly at = Array.from({ length: 8 }, (_, p): SubscriptionPosition => ({
    source: 'reservations',
    p,
    logId: null,
    next: 1,
    lastEventId: null,
    lastAt: null,
  }));
  private read = 0;
  private end: () => void = () => undefined;

  constructor() {
    this.done = new Promise((resolve) => (this.end = resolve));
    this.alarms = new Alarms((alarm) => {
      throw new Error(alarm.detail);
    });
  }

  /** As they are now: a database would not change them in the hands of whoever asked. */
  async positions(): Promise<SubscriptionPosition[]> {
    return [...this.at];
  }

  async deliver(_: string, events: readonly HeardEvent[]): Promise<Delivered[]> {
    const next = new Map<number, number>();
    for (const { p, seq } of events) {
      if (seq >= this.at[p]!.next) this.read++;
      next.set(p, seq + 1);
    }
    for (const [p, seq] of next) this.at[p] = { ...this.at[p]!, next: seq };
    if (this.read === COUNT) this.end();
    return [...next].map(([p, seq]) => ({ p, next: seq, hole: false }));
  }
}
