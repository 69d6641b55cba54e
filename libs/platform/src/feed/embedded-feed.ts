import type pg from 'pg';
import { openPool, type ConnectionSettings } from '../log/connection.js';
import { readHeads, type PartitionHead } from '../log/event-log.js';
import { EVENT_COLUMNS, envelopeOf } from '../log/row.js';
import type { HeardEvent } from '../subscription/subscriber.js';
import { Wakeups } from '../wakeup/wakeups.js';
import { BATCH, Feed, type Following, type Listener, type PartitionLag } from './feed.js';
import { Pump } from './pump.js';

/** Positions as the last delivery left them, when nothing speaks against it: saves asking for them. */
interface Memory {
  positions: readonly { p: number; next: number }[] | undefined;
}

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
    const memory: Memory = { positions: undefined };
    const pump = new Pump(listener.name, listener.alarms, () => this.advance(listener, memory));
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

  /** Hands over what there is after the positions; answers whether there may be more. */
  private async advance(listener: Listener, memory: Memory): Promise<boolean> {
    const known = memory.positions;
    const positions = known ?? (await listener.positions(this.source));
    memory.positions = undefined;
    const events = await this.read(positions);
    // The event before each position comes along, to be recognised: a smaller number alone proves nothing.
    const before = new Set(
      events.filter(({ p, seq }) => positions.some((at) => at.p === p && at.next - 1 === seq)).map(({ p }) => p),
    );
    for (const { p, next } of positions) {
      // An empty log of which nothing was read is the right one, whatever was read before a rebuild
      if (next === 1 && !events.some((event) => event.p === p))
        listener.alarms.clear('another-log', listener.name, `${this.source}/${p}`);
    }
    const broken = positions.filter(({ p, next }) => next > 1 && !before.has(p));
    const fit = broken.length === 0 ? events : events.filter(({ p }) => !broken.some((at) => at.p === p));
    const delivered = fit.length === 0 ? [] : await listener.deliver(this.source, fit);
    const holes = delivered.filter(({ hole }) => hole);
    // What was remembered may be old: only positions just read are worth an alarm.
    if ((broken.length > 0 || holes.length > 0) && known !== undefined) return true;
    for (const { p, next } of broken) this.alarmOfEnd(listener, p, next, events);
    for (const { p, next, hole } of delivered) {
      const key = `${this.source}/${p}`;
      if (hole)
        listener.alarms.raise(
          'hole',
          listener.name,
          key,
          `Partition ${p} of ${this.source}: number ${next} is missing.`,
        );
      else listener.alarms.clear('hole', listener.name, key);
    }
    const moved = new Map(delivered.map(({ p, next }) => [p, next]));
    if (broken.length === 0 && holes.length === 0 && fit.every(({ p }) => moved.has(p))) {
      memory.positions = positions.map(({ p, next }) => ({ p, next: moved.get(p) ?? next }));
    }
    return positions.some(({ p, next }) => (moved.get(p) ?? next) > next);
  }

  /** The event before the position is not there: the log was cut off, or is another one. */
  private alarmOfEnd(listener: Listener, p: number, next: number, events: readonly HeardEvent[]): void {
    const later = events.some((event) => event.p === p);
    const detail = later
      ? `number ${next - 1} is gone, though later ones are there`
      : `the log ends before number ${next - 1}`;
    listener.alarms.raise(
      'another-log',
      listener.name,
      `${this.source}/${p}`,
      `Partition ${p} of ${this.source}: ${detail}.`,
    );
  }

  private async read(positions: readonly { p: number; next: number }[]): Promise<HeardEvent[]> {
    const { rows } = await this.pool.query({
      name: `feed-${this.relation}`,
      text: `select ${EVENT_COLUMNS}, (select log_id from log) as log_id from unnest($1::int[], $2::bigint[]) w(wanted, next)
             cross join lateral (
               select * from ${this.relation} e where e.p = w.wanted and e.seq >= w.next - 1 order by e.seq limit $3
             ) e order by p, seq`,
      values: [positions.map(({ p }) => p), positions.map(({ next }) => next), Math.ceil(BATCH / positions.length) + 1],
    });
    return rows.map((row) => ({ ...envelopeOf(row), source: this.source, logId: row['log_id'] as string }));
  }
}
