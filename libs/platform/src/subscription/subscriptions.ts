import type pg from 'pg';
import type { Feed, Following } from '../feed/feed.js';
import type { Alarms } from './alarms.js';
import { errorText } from './error-text.js';
import { ensurePositions, ensureSubscription } from './positions.js';
import { makeTables } from './projection-tables.js';
import { rebuild } from './rebuild.js';
import type { RebuildOptions } from './rebuild-run.js';
import { codeVersionOf, type Subscriber } from './subscriber.js';
import { Subscription } from './subscription.js';

/** How long is waited before a rebuild that failed, or that another process has begun, is tried again. */
const AGAIN = 1_000;

/**
 * A subscriber that has been given its tables and positions. Tables of older code are left as they are: `follow`
 * rebuilds them.
 */
export async function prepare(
  pool: pg.Pool,
  alarms: Alarms,
  subscriber: Subscriber,
  feeds: readonly Feed[],
): Promise<Subscription> {
  const { version, codeVersion } = await ensureSubscription(pool, subscriber);
  if (codeVersion === codeVersionOf(subscriber)) {
    if (subscriber.kind === 'projection') await makeTables(pool, subscriber, version);
    for (const feed of sourcesOf(subscriber, feeds)) {
      await ensurePositions(pool, subscriber.name, version, feed.source, await feed.partitions());
    }
  }
  return new Subscription(subscriber, pool, alarms);
}

/**
 * Lets a subscription follow its sources until it is stopped. Where the tables are of older code they are built again
 * first, while the old ones are still read; the service is not ready meanwhile (alarm `rebuilding`).
 */
export async function follow(
  subscription: Subscription,
  feeds: readonly Feed[],
  options: Omit<RebuildOptions, 'signal'> = {},
): Promise<Following> {
  const heard = sourcesOf(subscription.subscriber, feeds);
  if (await isUpToDate(subscription)) return followAll(subscription, heard);
  const stopping = new AbortController();
  const following = bringUpToDate(subscription, heard, { ...options, signal: stopping.signal })
    .then((ready) => (ready ? followAll(subscription, heard) : undefined))
    .catch((thrown: unknown) => {
      subscription.alarms.raise('failing', subscription.name, 'follow', errorText(thrown));
      return undefined;
    });
  return {
    stop: async () => {
      stopping.abort();
      await (await following)?.stop();
    },
  };
}

async function followAll(subscription: Subscription, feeds: readonly Feed[]): Promise<Following> {
  const followings = await Promise.all(feeds.map((feed) => feed.follow(subscription)));
  return {
    stop: async () => {
      await Promise.all(followings.map((following) => following.stop()));
    },
  };
}

async function isUpToDate({ pool, subscriber }: Subscription): Promise<boolean> {
  const { codeVersion } = await ensureSubscription(pool, subscriber);
  // Newer code's tables are left alone (`Subscription`), and followed once they are ours again
  return codeVersion >= codeVersionOf(subscriber);
}

/** Tries until the tables are those of this code, whoever makes them; false if it was stopped before. */
async function bringUpToDate(
  subscription: Subscription,
  feeds: readonly Feed[],
  options: RebuildOptions & { readonly signal: AbortSignal },
): Promise<boolean> {
  const { alarms, name } = subscription;
  alarms.raise('rebuilding', name, '', `${name} is being built again by newer code.`);
  while (!options.signal.aborted) {
    try {
      if (!(await isUpToDate(subscription))) await rebuild(subscription, feeds, options);
      alarms.clear('rebuilding', name, '');
      alarms.clear('rebuild-failed', name, '');
      return true;
    } catch (thrown) {
      const isBusy = (thrown as { slug?: string }).slug === 'rebuild-under-way';
      if (!options.signal.aborted && !isBusy) alarms.raise('rebuild-failed', name, '', errorText(thrown));
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN));
  }
  alarms.clear('rebuilding', name, '');
  return false;
}

function sourcesOf({ sources }: Subscriber, feeds: readonly Feed[]): Feed[] {
  return feeds.filter(({ source }) => sources.includes(source));
}
