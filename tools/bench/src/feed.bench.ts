import { EmbeddedFeed } from '#platform/feed/embedded-feed.js';
import type { Listener } from '#platform/feed/feed.js';
import pg from 'pg';
import { Alarms } from '#platform/subscription/alarms.js';
import type { SubscriptionPosition } from '#platform/subscription/positions.js';
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
  const start = performance.now();
  let read = 0;
  await new Promise<void>((resolve, reject) => {
    const positions = Array.from({ length: 8 }, (_, p): SubscriptionPosition => ({
      source: 'reservations',
      p,
      logId: null,
      next: 1,
      lastEventId: null,
      lastAt: null,
    }));
    const listener: Listener = {
      name: 'bench',
      alarms: new Alarms((alarm) => reject(new Error(alarm.detail))),
      positions: async () => positions,
      deliver: async (_, events) => {
        const next = new Map<number, number>();
        for (const { p, seq } of events) {
          if (seq >= positions[p]!.next) read++;
          next.set(p, seq + 1);
        }
        for (const [p, seq] of next) positions[p] = { ...positions[p]!, next: seq };
        if (read === COUNT) resolve();
        return [...next].map(([p, seq]) => ({ p, next: seq, hole: false }));
      },
    };
    void source.follow(listener).then((following) => {
      if (read === COUNT) return following.stop();
    });
  });
  const rate = (read * 1000) / (performance.now() - start);
  await source.close().catch(() => undefined);
  return rate;
}
