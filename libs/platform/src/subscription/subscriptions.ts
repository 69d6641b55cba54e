import type pg from 'pg';
import type { Feed, Following } from '../feed/feed.js';
import type { Alarms } from './alarms.js';
import { ensurePositions, ensureSubscription } from './positions.js';
import { schemaOf, type Subscriber } from './subscriber.js';
import { Subscription } from './subscription.js';

/** A subscriber that has been given its tables and positions. */
export async function prepare(
  pool: pg.Pool,
  alarms: Alarms,
  subscriber: Subscriber,
  feeds: readonly Feed[],
): Promise<Subscription> {
  const { version } = await ensureSubscription(pool, subscriber);
  if (subscriber.kind === 'projection') {
    const schema = schemaOf(subscriber.name);
    // In one statement, so that tables are never half made
    await pool.query(`do $do$ begin
      if not exists (select from pg_namespace where nspname = '${schema}') then
        create schema ${schema};
        ${subscriber.tables(schema)};
      end if;
    end $do$`);
  }
  for (const feed of feeds) await ensurePositions(pool, subscriber.name, version, feed.source, await feed.partitions());
  return new Subscription(subscriber, pool, alarms);
}

/** Lets a subscription follow its sources until it is stopped. */
export async function follow(subscription: Subscription, feeds: readonly Feed[]): Promise<Following> {
  const { subscriber } = subscription;
  const followings = await Promise.all(
    feeds.filter(({ source }) => subscriber.sources.includes(source)).map((feed) => feed.follow(subscription)),
  );
  return {
    stop: async () => {
      await Promise.all(followings.map((following) => following.stop()));
    },
  };
}
