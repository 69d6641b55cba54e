import { Module, type DynamicModule, type FactoryProvider } from '@nestjs/common';
import type { MigrationInterface } from 'typeorm';
import type { Feed } from '../feed/feed.js';
import { openPipelinedPool } from '../log/connection.js';
import { migrate } from '../log/migrate.js';
import { Readiness } from '../service/health.http.js';
import { Lifecycle } from '../service/lifecycle.js';
import { ServiceLog } from '../service/logging.js';
import { Metrics } from '../service/metrics.http.js';
import { withoutSpans } from '../service/tracing.js';
import { Alarms } from '../subscription/alarms.js';
import { SubscriptionHealth } from '../subscription/lag.js';
import type { Subscriber } from '../subscription/subscriber.js';
import { Subscriptions1764000000002 } from '../subscription/subscription.migration.js';
import type { Subscription } from '../subscription/subscription.js';
import { follow, prepare } from '../subscription/subscriptions.js';
import { tellAlarm } from './tell-alarm.js';

export interface SubscriptionsOptions {
  readonly service: string;
  readonly databaseUrl: string;
  readonly migrations?: readonly (new () => MigrationInterface)[];
  readonly subscribers: readonly Subscriber[];
  /** One for each source that the subscribers hear. */
  readonly feeds: () => readonly Feed[];
  /** Whatever has to be there before: `OwnLog`, where a service hears itself. */
  readonly after?: FactoryProvider['inject'];
  /** Milliseconds somebody may wait for an event before the service counts as not ready. */
  readonly maxAge?: number;
}

/** The subscriptions of a service, by name. */
export class Subscriptions extends Map<string, Subscription> {
  /** @throws Error when there is none of that name */
  named(name: string): Subscription {
    const found = this.get(name);
    if (found === undefined) throw new Error(`There is no subscription "${name}".`);
    return found;
  }
}

/** What a service hears: tables, positions, feeds; followed from the start of the process to its end. */
@Module({})
export class SubscriptionsModule {
  static of(options: SubscriptionsOptions): DynamicModule {
    return {
      module: SubscriptionsModule,
      global: true,
      providers: [
        {
          provide: Subscriptions,
          inject: [Lifecycle, Readiness, Metrics, ServiceLog, ...(options.after ?? [])],
          useFactory: (lifecycle: Lifecycle, readiness: Readiness, metrics: Metrics, log: ServiceLog) =>
            // What is heard again after a rebuild happened long ago: no spans for it
            withoutSpans(() => listen(options, lifecycle, readiness, metrics, log)),
        },
      ],
      exports: [Subscriptions],
    };
  }
}

async function listen(
  { service, databaseUrl, migrations = [], subscribers, feeds: open, maxAge = 30_000 }: SubscriptionsOptions,
  lifecycle: Lifecycle,
  readiness: Readiness,
  metrics: Metrics,
  log: ServiceLog,
): Promise<Subscriptions> {
  await migrate(databaseUrl, [Subscriptions1764000000002, ...migrations]);
  const pool = openPipelinedPool({ url: databaseUrl, name: service });
  const alarms = new Alarms((alarm) => tellAlarm(log, alarm));
  const feeds = open();
  const subscriptions = new Subscriptions();
  for (const subscriber of subscribers) {
    const subscription = await prepare(pool, alarms, subscriber, feeds);
    subscriptions.set(subscriber.name, subscription);
    const following = await follow(subscription, feeds);
    lifecycle.onStop('consumers', () => following.stop(), 10_000);
  }
  const health = new SubscriptionHealth([...subscriptions.values()].map((subscription) => ({ subscription, feeds })));
  health.register(metrics.registry);
  readiness.register('subscriptions', () => health.check(maxAge), 2_000);
  lifecycle.onStop('pool', async () => {
    await Promise.all(feeds.map((feed) => feed.close()));
    await pool.end();
  });
  return subscriptions;
}
