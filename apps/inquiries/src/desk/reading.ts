import type { FactoryProvider } from '@nestjs/common';
import type pg from 'pg';
import { Subscriptions } from '#platform/hosting/subscriptions.module.js';
import { openPipelinedPool } from '#platform/log/connection.js';
import { Lifecycle } from '#platform/service/lifecycle.js';

/** The rows of projections, for `readAsOf`. */
export class Reading {
  constructor(readonly pool: pg.Pool) {}
}

export function readingOf(service: string, url: string): FactoryProvider {
  return {
    provide: Reading,
    // After the subscriptions: they make the tables
    inject: [Lifecycle, Subscriptions],
    useFactory: (lifecycle: Lifecycle) => {
      const pool = openPipelinedPool({ url, name: `${service}-reads` });
      lifecycle.onStop('pool', () => pool.end());
      return new Reading(pool);
    },
  };
}
