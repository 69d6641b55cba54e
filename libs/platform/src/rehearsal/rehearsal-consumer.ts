import type pg from 'pg';
import { testDatabase } from '#servers/test-database.js';
import type { Feed, Following } from '../feed/feed.js';
import { openPipelinedPool } from '../log/connection.js';
import { migrate } from '../log/migrate.js';
import { Alarms } from '../subscription/alarms.js';
import type { Subscriber } from '../subscription/subscriber.js';
import { Subscriptions1764000000002 } from '../subscription/subscription.migration.js';
import type { Subscription } from '../subscription/subscription.js';
import { follow, prepare } from '../subscription/subscriptions.js';

/** The database of another service, which hears the rehearsal's log. */
export class RehearsalConsumer {
  readonly alarms = new Alarms();
  /** The service: processes of one share a database. */
  readonly name: string;
  private readonly followings: Following[] = [];

  private constructor(
    readonly url: string,
    readonly pool: pg.Pool,
    private readonly drop: () => Promise<void>,
  ) {
    this.name = new URL(url).pathname.slice(1);
  }

  static async make(): Promise<RehearsalConsumer> {
    const { url, drop } = await testDatabase();
    await migrate(url, [Subscriptions1764000000002]);
    return new RehearsalConsumer(url, openPipelinedPool({ url, name: 'rehearsal-consumer' }, 8), drop);
  }

  /** Another process of the same service. */
  static of(url: string): RehearsalConsumer {
    return new RehearsalConsumer(url, openPipelinedPool({ url, name: 'rehearsal-process' }, 8), async () => undefined);
  }

  prepare(subscriber: Subscriber, ...feeds: readonly Feed[]): Promise<Subscription> {
    return prepare(this.pool, this.alarms, subscriber, feeds);
  }

  async follow(subscriber: Subscriber, ...feeds: readonly Feed[]): Promise<Following> {
    return this.followOn(await this.prepare(subscriber, ...feeds), ...feeds);
  }

  async followOn(subscription: Subscription, ...feeds: readonly Feed[]): Promise<Following> {
    const following = await follow(subscription, feeds);
    this.followings.push(following);
    return following;
  }

  async close(): Promise<void> {
    await Promise.all(this.followings.map((following) => following.stop()));
    await this.pool.end();
    await this.drop();
  }
}

/** Waits until `condition` answers true. It gives up long after anything healthy would have happened. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what = 'what was waited for',
  withinMs = 30_000,
): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`After ${withinMs / 1_000} s, ${what} had not happened.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
