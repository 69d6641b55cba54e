import type pg from 'pg';
import type { Feed, Following } from '../feed/feed.js';
import { Alarms } from './alarms.js';
import { discardVersion } from './discard.js';
import { ensurePositions, ensureSubscription } from './positions.js';
import { leftBehind, makeTables } from './projection-tables.js';
import { RebuildListener, type Bounds } from './rebuild-listener.js';
import { schemaOf, type Projection } from './subscriber.js';
import { Subscription, type Target } from './subscription.js';
import { swap, type Comparison } from './swap.js';
import { inTransaction } from './transaction.js';

export interface RebuildProgress {
  /** Events applied to the new version. */
  readonly applied: number;
  /** Events still to come, as far as known. */
  readonly behind: number;
}

export interface RebuildResult extends Comparison {
  readonly version: number;
  /** Events that the new version was made of. */
  readonly events: number;
  readonly seconds: number;
}

export interface RebuildOptions {
  readonly onProgress?: (progress: RebuildProgress) => void;
  /** Throws the new version away once it has been compared: to verify, not to change. */
  readonly compareOnly?: boolean;
  /** Ends the rebuild without a trace. */
  readonly signal?: AbortSignal;
  /** Milliseconds without any event, though some are known to be missing, after which the rebuild gives up. */
  readonly patience?: number;
}

/** Why a rebuild gave up. The message holds names and numbers only. */
export class RebuildFailed extends Error {
  constructor(name: string, why: string) {
    super(`${name} cannot be rebuilt: ${why}`);
    this.name = 'RebuildFailed';
  }
}

/** Close enough to the live version to hold it until the rest is applied. */
const NEARLY = 1_000;
const LOOK = 100;
/** Alarms that do not pass by waiting. */
const FATAL: ReadonlySet<string> = new Set(['hole', 'another-log', 'wrong-partitions', 'too-many-parked']);

/** One rebuild, by whoever holds the lock for it. */
export class Rebuild {
  private readonly alarms = new Alarms();
  /** Sources of which the live version has read another log, or nothing yet: there is no place to stop at. */
  private readonly foreign = new Set<string>();
  private readonly partitions = new Map<string, number>();
  private listener!: RebuildListener;

  constructor(
    private readonly live: Subscription,
    private readonly projection: Projection,
    private readonly feeds: readonly Feed[],
    private readonly guard: pg.PoolClient,
    private readonly options: RebuildOptions,
  ) {}

  async run(): Promise<RebuildResult> {
    const began = performance.now();
    const { name, pool } = this.live;
    const { version } = await ensureSubscription(pool, this.projection);
    for (const schema of await leftBehind(pool, name)) await discardVersion(pool, name, schema);
    const target = { version: version + 1, schema: `${schemaOf(name)}_v${version + 1}` };
    for (const feed of this.feeds) this.partitions.set(feed.source, await feed.partitions());
    await this.makeTarget(target);
    this.listener = new RebuildListener(
      `${name}-v${target.version}`,
      new Subscription(this.projection, pool, this.alarms, target),
      (source, logId) => this.bounds(source, logId),
    );
    const followings: Following[] = [];
    let comparison: Comparison | undefined;
    try {
      for (const feed of this.feeds) followings.push(await feed.follow(this.listener));
      comparison = await this.fill(target);
    } finally {
      await Promise.all(followings.map((following) => following.stop()));
      if (comparison === undefined || this.options.compareOnly) await discardVersion(pool, name, target.schema);
    }
    if (!this.options.compareOnly) this.clearAlarms();
    return {
      version: target.version,
      events: this.listener.applied,
      seconds: (performance.now() - began) / 1_000,
      ...comparison,
    };
  }

  /** Of another log: the tables are of this one now. */
  private clearAlarms(): void {
    const { name } = this.live;
    for (const [source, count] of this.partitions) {
      for (let p = 0; p < count; p++) this.live.alarms.clear('another-log', name, `${source}/${p}`);
    }
  }

  private async makeTarget(target: Target): Promise<void> {
    await inTransaction(this.live.pool, async (client) => {
      await makeTables(client, this.projection, target.version, target.schema);
      for (const [source, count] of this.partitions) {
        await ensurePositions(client, this.live.name, target.version, source, count);
      }
    });
  }

  /** Waits until the new version is nearly where the live one is, and swaps; as often as it takes. */
  private async fill(target: Target): Promise<Comparison> {
    const patience = this.options.patience ?? 30_000;
    let moved = { applied: -1, at: 0 };
    for (;;) {
      this.options.signal?.throwIfAborted();
      const stopped = this.alarms.list().find(({ name }) => FATAL.has(name));
      if (stopped !== undefined) throw new RebuildFailed(this.live.name, stopped.detail);
      const behind = await this.behind();
      const { applied } = this.listener;
      this.options.onProgress?.({ applied, behind });
      if (behind <= NEARLY) {
        const done = await swap(
          this.guard,
          this.projection,
          target,
          this.listener,
          this.foreign,
          this.options.compareOnly,
        );
        if (done !== undefined) return done;
      }
      if (applied !== moved.applied || behind === 0) moved = { applied, at: performance.now() };
      else if (performance.now() - moved.at > patience) {
        throw new RebuildFailed(this.live.name, `after ${applied} events nothing arrives any more.`);
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK));
    }
  }

  private async behind(): Promise<number> {
    let behind = 0;
    for (const feed of this.feeds) {
      const live = await this.live.positions(feed.source);
      if (live.length === 0) this.foreign.add(feed.source);
      if (this.foreign.has(feed.source)) {
        const lags = await feed.lag(await this.listener.positions(feed.source));
        behind += lags.reduce((sum, lag) => sum + lag.behind, 0);
      } else if (live.some(({ next }) => next > 1)) {
        // Before anything has been heard, nobody knows whether it is the same log
        if (!this.listener.heard(feed.source)) return Number.POSITIVE_INFINITY;
        behind += live.reduce((sum, { p, next }) => sum + Math.max(0, next - this.listener.nextOf(feed.source, p)), 0);
      }
    }
    return behind;
  }

  private async bounds(source: string, logId: string): Promise<Bounds> {
    const live = await this.live.positions(source);
    if (live.length === 0 || live.some((at) => at.logId !== null && at.logId !== logId)) this.foreign.add(source);
    const bounds = new Map<string, number>();
    for (let p = 0; p < this.partitions.get(source)!; p++) {
      const next = this.foreign.has(source) ? undefined : live.find((at) => at.p === p)?.next;
      bounds.set(`${source}/${p}`, next ?? Number.POSITIVE_INFINITY);
    }
    return bounds;
  }
}
