import type pg from 'pg';
import { openPool, type ConnectionSettings } from '../log/connection.js';
import { readHeads, type PartitionHead } from '../log/event-log.js';
import { EVENT_COLUMNS } from '../log/row.js';
import type { HeardEvent } from '../subscription/subscriber.js';
import { Wakeups } from '../wakeup/wakeups.js';
import { EmbeddedFollower, type Place } from './embedded-follower.js';
import { Feed, type Following, type Listener, type PartitionLag } from './feed.js';
import { Pump } from './pump.js';

/** Reads the published log of another service straight from its database, through a role that can do nothing else. */
export class EmbeddedFeed extends Feed {
  private readonly pool: pg.Pool;
  private readonly wakeups: Wakeups;
  private opened: Promise<void> | undefined;

  /** @param relation `events` when a service follows its own log and may see all of it */
  constructor(
    readonly source: string,
    database: ConnectionSettings,
    private readonly relation: 'published_events' | 'events' = 'published_events',
  ) {
    super();
    this.pool = openPool(database, 4);
    this.wakeups = new Wakeups(database);
  }

  async partitions(): Promise<number> {
    return (await this.heads()).length;
  }

  heads(): Promise<PartitionHead[]> {
    return readHeads(this.pool);
  }

  override async lag(positions: readonly { readonly p: number; readonly next: number }[]): Promise<PartitionLag[]> {
    const { rows } = await this.pool.query<PartitionLag>({
      name: `lag-${this.relation}`,
      text: `select w.p, greatest(0, c.next - w.next) as behind,
               coalesce(greatest(0, extract(epoch from clock_timestamp() - oldest.at) * 1000), 0)::float8 as age
             from unnest($1::int[], $2::bigint[]) w(p, next) join partitions c on c.p = w.p
             left join lateral (select at from ${this.relation} e where e.p = w.p and e.seq >= w.next order by e.seq limit 1) oldest on true
             order by w.p`,
      values: [positions.map(({ p }) => p), positions.map(({ next }) => next)],
    });
    return rows;
  }

  async follow(listener: Listener): Promise<Following> {
    await (this.opened ??= this.wakeups.open());
    const follower = new EmbeddedFollower(this.source, listener, {
      read: (places, most) => this.read(places, most),
      skipped: (places, most) => this.skipped(places, most),
    });
    const pump = new Pump(listener.name, listener.alarms, () => follower.advance(), listener.rest);
    const forget = this.wakeups.onWake(() => pump.kick());
    pump.start();
    return {
      stop: async () => {
        forget();
        await pump.stop();
      },
    };
  }

  /** In-process commits need not wait for NOTIFY. */
  kick(): void {
    this.wakeups.committed();
  }

  async close(): Promise<void> {
    await this.wakeups.close();
    await this.pool.end();
  }

  /** From the event before each place on, in the order of the places. */
  private async read(places: readonly Place[], most: number): Promise<HeardEvent[]> {
    const { rows } = await this.pool.query<unknown[]>({
      name: `feed-${this.relation}`,
      rowMode: 'array',
      text: `select ${EVENT_COLUMNS}, (select log_id from log) from unnest($1::int[], $2::bigint[]) w(wanted, next)
             cross join lateral (
               select * from ${this.relation} e where e.p = w.wanted and e.seq between w.next - 1 and w.next - 1 + $3
               order by e.seq limit $3 + 1
             ) e`,
      // Numbers are dense, so the range alone is the limit; the limit behind it keeps the planner, which knows nothing
      // of the range, from joining with the whole table. The rows come place by place, since nothing sorts them again.
      values: [places.map(({ p }) => p), places.map(({ next }) => next), most],
    });
    return rows.map((row) => heardEvent(this.source, row));
  }

  /** Of the places, those whose events are committed and yet not there, as far as one read reaches: a hole that is as long. */
  private async skipped(places: readonly Place[], most: number): Promise<Place[]> {
    const { rows } = await this.pool.query<Place>({
      name: `skipped-${this.relation}`,
      text: `select w.p, w.next from unnest($1::int[], $2::bigint[]) w(p, next) join partitions c on c.p = w.p and c.next > w.next
             where not exists (select from ${this.relation} e where e.p = w.p and e.seq between w.next and w.next - 1 + $3)`,
      values: [places.map(({ p }) => p), places.map(({ next }) => next), most],
    });
    return rows;
  }
}

/** A row of `EVENT_COLUMNS` and the log's id. */
function heardEvent(source: string, row: readonly unknown[]): HeardEvent {
  return {
    source,
    logId: row[10] as string,
    p: row[0] as number,
    seq: row[1] as number,
    stream: row[2] as string,
    version: row[3] as number,
    eventId: row[4] as string,
    type: row[5] as string,
    schemaVersion: row[6] as number,
    at: row[7] as number,
    data: row[8] as object,
    metadata: row[9] as HeardEvent['metadata'],
  };
}
