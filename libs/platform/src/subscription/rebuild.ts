import { Refusal } from '#kernel/refusal.js';
import type { Feed } from '../feed/feed.js';
import { Rebuild, type RebuildOptions, type RebuildResult } from './rebuild-run.js';
import { schemaOf } from './subscriber.js';
import type { Subscription } from './subscription.js';
import { withConnection } from './transaction.js';

/**
 * Fills a new version of a projection's tables from its sources' first events and puts it in the place of the live one
 * in a single transaction (design §3 "Subscriptions"). Until then the live version is untouched, fed and read; if the
 * process dies, only something to be cleared away is left.
 * @throws Refusal `never-rebuilt` for a reaction, `rebuild-under-way` if another process has begun one
 */
export async function rebuild(
  live: Subscription,
  feeds: readonly Feed[],
  options: RebuildOptions = {},
): Promise<RebuildResult> {
  const { subscriber, pool } = live;
  if (subscriber.kind === 'reaction') {
    throw new Refusal('never-rebuilt', 'invalid', `${live.name} is a reaction: what it has done would be done again.`);
  }
  const heard = feeds.filter(({ source }) => subscriber.sources.includes(source));
  if (heard.length < subscriber.sources.length) throw new Error(`${live.name} needs a feed of each of its sources.`);
  return withConnection(pool, async (guard) => {
    // As long as this connection lives, nobody else rebuilds; the swap goes through it, so a lost one cannot swap.
    const key = `hashtextextended('rebuild/${schemaOf(live.name)}', 0)`;
    const { rows } = await guard.query<{ locked: boolean }>(`select pg_try_advisory_lock(${key}) as locked`);
    if (!rows[0]!.locked) {
      throw new Refusal('rebuild-under-way', 'conflict', `${live.name} is being rebuilt by another process.`);
    }
    try {
      return await new Rebuild(live, subscriber, heard, guard, options).run();
    } finally {
      await guard.query(`select pg_advisory_unlock(${key})`).catch((error: Error) => guard.emit('error', error));
    }
  });
}
