import type pg from 'pg';
import { testDatabase } from '#servers/test-database.js';
import { Lanes, type LaneSettings } from '../lane/lanes.js';
import { openPool } from '../log/connection.js';
import { Relay1764000000003 } from '../kafka/relay.migration.js';
import { logMigrations } from '../log/log-migrations.js';
import { migrate } from '../log/migrate.js';
import type { Envelope } from '#kernel/envelope.js';
import { readHeads, readPartition } from '../log/event-log.js';

/** A log of its own for a spec or a bench, in a database of its own. */
export class RehearsalLog {
  private readonly lanes: Lanes[] = [];

  private constructor(
    readonly url: string,
    readonly pool: pg.Pool,
    private readonly drop: () => Promise<void>,
  ) {}

  static async make(): Promise<RehearsalLog> {
    const { url, drop } = await testDatabase();
    await migrate(url, [...logMigrations(), Relay1764000000003]);
    return new RehearsalLog(url, openPool({ url, name: 'rehearsal' }), drop);
  }

  /** The write path of one more process: two of them know nothing of each other. */
  async openLanes(settings: Partial<LaneSettings> = {}): Promise<Lanes> {
    const lanes = await Lanes.open({ database: { url: this.url, name: 'rehearsal-lanes' }, ...settings });
    this.lanes.push(lanes);
    return lanes;
  }

  async events(): Promise<Envelope[]> {
    const heads = await readHeads(this.pool);
    const parts = await Promise.all(heads.map(({ p }) => readPartition(this.pool, 'events', p, 1, 1_000_000)));
    return parts.flat();
  }

  /** What no service can do: changes events as a fault or a restore would. */
  async tamper(sql: string, values: unknown[] = []): Promise<void> {
    const client = await this.pool.connect();
    try {
      await client.query('set session_replication_role = replica');
      await client.query(sql, values);
    } finally {
      await client.query('set session_replication_role = origin');
      client.release();
    }
  }

  /** Makes `published_events` lack numbers, as if they had been lost on their way. */
  async loseNumber(p: number, seq: number): Promise<void> {
    await this.loseNumbers(p, seq, seq);
  }

  async loseNumbers(p: number, from: number, to: number): Promise<void> {
    await this.filterPublished();
    await this.pool.query('insert into lost select $1::int, generate_series($2::bigint, $3::bigint)', [p, from, to]);
  }

  async findNumber(p: number, seq: number): Promise<void> {
    await this.pool.query('delete from lost where p = $1 and seq = $2', [p, seq]);
  }

  /** Makes all that is published now be lost. */
  async loseEverything(): Promise<void> {
    await this.filterPublished();
    await this.pool.query('insert into lost select p, seq from events');
  }

  async findEverything(): Promise<void> {
    await this.pool.query('delete from lost');
  }

  private async filterPublished(): Promise<void> {
    await this.pool.query(`
      create table if not exists lost (p integer, seq bigint);
      do $$ begin
        if not exists (select from pg_views where viewname = 'all_published_events') then
          alter view published_events rename to all_published_events;
          create view published_events as select * from all_published_events where (p, seq) not in (select p, seq from lost);
        end if;
      end $$`);
  }

  /** Puts the store back to the day when each partition had `kept` events, as a backup would; processes must reopen. */
  async restore(kept: number): Promise<void> {
    await this.tamper('delete from events where seq > $1', [kept]);
    await this.pool.query('update partitions set next = least(next, $1::bigint + 1)', [kept]);
    await this.pool.query(
      'update relay set next_seq = least(next_seq, $1::bigint + 1), audited_offset = 0, audited_seq = 1',
      [kept],
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.lanes.map((lanes) => lanes.close()));
    await this.pool.end();
    await this.drop();
  }
}
