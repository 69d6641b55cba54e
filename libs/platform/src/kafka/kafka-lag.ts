import type { Admin } from 'kafkajs';
import type { PartitionLag } from '../feed/feed.js';
import { readOffsets } from './topic.js';

export interface LagOf {
  readonly p: number;
  readonly next: number;
  readonly lastAt?: number | null;
}

/** A position that nobody has asked about for so long is forgotten, milliseconds. */
const FORGET = 600_000;

/**
 * How far positions are behind the topic. Offsets alone do not tell, because records may have been sent twice; their
 * instants do, since in a partition they never go back: what is behind is what is later than the last one applied.
 */
export class KafkaLag {
  /** Since when a position stands still with something behind it. */
  private readonly standing = new Map<string, { since: number; asked: number }>();

  async of(admin: Admin, topic: string, positions: readonly LagOf[]): Promise<PartitionLag[]> {
    const now = Date.now();
    const offsets = await readOffsets(admin, topic);
    const lags = await Promise.all(
      positions.map(async ({ p, next, lastAt }) => {
        const { low, high } = offsets.find((one) => one.p === p) ?? { low: 0, high: 0 };
        // Number n stands at offset n - 1 or later: so far there cannot be anything
        if (high < next) return { p, behind: 0, age: 0 };
        const from = lastAt === null || lastAt === undefined ? low : await firstAfter(admin, topic, p, lastAt);
        const behind = Math.max(0, high - from);
        return { p, behind, age: behind === 0 ? 0 : now - this.since(`${p}:${next}`, now) };
      }),
    );
    for (const [key, { asked }] of this.standing) if (now - asked > FORGET) this.standing.delete(key);
    return lags;
  }

  private since(key: string, now: number): number {
    const since = this.standing.get(key)?.since ?? now;
    this.standing.set(key, { since, asked: now });
    return since;
  }
}

async function firstAfter(admin: Admin, topic: string, p: number, at: number): Promise<number> {
  const found = await admin.fetchTopicOffsetsByTimestamp(topic, at + 1);
  return Number(found.find(({ partition }) => partition === p)!.offset);
}
