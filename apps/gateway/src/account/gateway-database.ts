import type pg from 'pg';
import { openPool } from '#platform/log/connection.js';
import { migrate } from '#platform/log/migrate.js';
import type { Readiness } from '#platform/service/health.http.js';
import type { Lifecycle } from '#platform/service/lifecycle.js';
import { AccessLog1764000000010 } from '#vault/access-log.migration.js';
import { Accounts1764200000001 } from './account.migration.js';

/** The database of the gateway: accounts and sign-ins, and nothing of a booking. */
export class GatewayDatabase {
  private constructor(readonly pool: pg.Pool) {}

  static async open(url: string, lifecycle: Lifecycle, readiness: Readiness): Promise<GatewayDatabase> {
    await migrate(url, [AccessLog1764000000010, Accounts1764200000001]);
    const pool = openPool({ url, name: 'gateway' }, 10);
    readiness.register('database', async () => ({ ok: (await pool.query('select')).rowCount === 1 }));
    lifecycle.onStop('pool', () => pool.end());
    return new GatewayDatabase(pool);
  }

  async rows<Row extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.pool.query<Row>(sql, [...values])).rows;
  }
}
