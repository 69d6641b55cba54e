import { Module, type DynamicModule } from '@nestjs/common';
import type { MigrationInterface } from 'typeorm';
import { Relay1764000000003 } from '../kafka/relay.migration.js';
import { Relay } from '../kafka/relay.js';
import { Lanes } from '../lane/lanes.js';
import { openPool } from '../log/connection.js';
import { publishTypes, readLogId } from '../log/event-log.js';
import { logMigrations } from '../log/log-migrations.js';
import { migrate } from '../log/migrate.js';
import { Readiness } from '../service/health.http.js';
import { Lifecycle } from '../service/lifecycle.js';
import { ServiceLog } from '../service/logging.js';
import { Alarms } from '../subscription/alarms.js';
import { Wakeups } from '../wakeup/wakeups.js';
import { tellAlarm } from './tell-alarm.js';

export interface LogOptions {
  /** The service whose log it is: `reservations`. */
  readonly source: string;
  readonly databaseUrl: string;
  /** Tables of the service itself, after those of the log. */
  readonly migrations?: readonly (new () => MigrationInterface)[];
  /** Types that other services may see; all others travel as `Internal.v1 {}`. */
  readonly publishedTypes: readonly string[];
  /** With brokers the log is also sent to its topic. */
  readonly brokers?: readonly string[];
  readonly topicPrefix?: string;
}

/** What a service that decides needs to know of its own log. */
export abstract class OwnLog {
  /** The first part of every `Uketsuke-Position` it answers with. */
  abstract readonly logId: string;
  abstract readonly wakeups: Wakeups;
}

/** The log of a service: its tables, its lanes, its wake-ups and, with Kafka, its relay; stopped in that order. */
@Module({})
export class LogModule {
  static of(options: LogOptions): DynamicModule {
    const database = { url: options.databaseUrl, name: options.source };
    return {
      module: LogModule,
      global: true,
      providers: [
        {
          provide: OwnLog,
          inject: [Lifecycle, Readiness, ServiceLog],
          useFactory: async (lifecycle: Lifecycle, readiness: Readiness, log: ServiceLog): Promise<OwnLog> => {
            await migrate(options.databaseUrl, [...logMigrations(), Relay1764000000003, ...(options.migrations ?? [])]);
            const pool = openPool(database, 2);
            await publishTypes(pool, options.publishedTypes);
            readiness.register('database', async () => ({ ok: (await pool.query('select')).rowCount === 1 }));
            const wakeups = new Wakeups(database);
            await wakeups.open();
            if (options.brokers !== undefined) startRelay(options, wakeups, lifecycle, readiness, log);
            lifecycle.onStop('pool', () => Promise.all([wakeups.close(), pool.end()]));
            return { logId: await readLogId(pool), wakeups };
          },
        },
        {
          provide: Lanes,
          inject: [OwnLog, Lifecycle],
          useFactory: async ({ wakeups }: OwnLog, lifecycle: Lifecycle) => {
            const lanes = await Lanes.open({ database, onCommitted: () => wakeups.committed() });
            lifecycle.onStop('lanes', () => lanes.close(), 10_000);
            return lanes;
          },
        },
      ],
      exports: [OwnLog, Lanes],
    };
  }
}

function startRelay(
  { source, databaseUrl, brokers, topicPrefix = '' }: LogOptions,
  wakeups: Wakeups,
  lifecycle: Lifecycle,
  readiness: Readiness,
  log: ServiceLog,
): void {
  const alarms = new Alarms((alarm) => tellAlarm(log, alarm));
  const database = { url: databaseUrl, name: `${source}-relay` };
  const relay = new Relay({ source, database, brokers: brokers!, wakeups, alarms, topicPrefix });
  relay.start();
  readiness.register('relay', async () => {
    const on = alarms.list().filter(({ stops }) => stops);
    return { ok: on.length === 0, detail: on.map(({ name }) => name).join(', ') };
  });
  lifecycle.onStop('relay', () => relay.stop());
}
