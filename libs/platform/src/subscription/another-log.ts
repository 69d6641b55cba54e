import { Refusal } from '#kernel/refusal.js';
import type { Feed } from '../feed/feed.js';
import { CommonPrefix } from './common-prefix.js';
import { dropParkedBeyond } from './parked-beyond.js';
import type { SubscriptionPosition } from './positions.js';
import { listDoneBeyond, type DoneBeyond } from './reaction-journal.js';
import type { Subscription } from './subscription.js';
import { inTransaction } from './transaction.js';

export interface Resumed {
  readonly logId: string;
  readonly partitions: readonly {
    readonly p: number;
    /** The last number that is the same event in both logs; 0 if there is none. */
    readonly lastCommon: number;
    /** How far the reaction had come in the old log. */
    readonly had: number;
  }[];
  /** Parked events that are not in the new log: they were given up. */
  readonly droppedParked: number;
  /** For a person to look at, and to undo where it is wrong. */
  readonly doneBeyond: readonly DoneBeyond[];
}

/** How long the new log may stay silent before enough of it is known, milliseconds. */
const PATIENCE = 10_000;

/**
 * After the source's store was restored from a backup and its log id renewed: lets a reaction go on behind the last
 * event that both logs share (design §3 "Another log"). A projection is rebuilt instead.
 * @throws Refusal `same-log` if the log id was not renewed: then its numbers prove nothing
 */
export async function resumeAfterRestore(
  subscription: Subscription,
  feed: Feed,
  patience = PATIENCE,
): Promise<Resumed> {
  const { name, pool, subscriber } = subscription;
  if (subscriber.kind !== 'reaction') throw new Refusal('not-a-reaction', 'invalid', `${name} is to be rebuilt.`);
  const { source } = feed;
  const old = await subscription.positions(source);
  const common = new CommonPrefix(subscription, source, old);
  const following = await feed.follow(common);
  try {
    let moved = { read: -1, at: 0 };
    while (!(await isKnown(feed, common, old))) {
      const read = old.reduce((sum, { p }) => sum + common.nextOf(p), 0);
      if (read !== moved.read) moved = { read, at: performance.now() };
      const stopped = common.alarms.list().find(({ stops }) => stops);
      if (stopped !== undefined) throw new Refusal('log-unreadable', 'unavailable', stopped.detail);
      if (performance.now() - moved.at > patience) {
        throw new Refusal('log-unreadable', 'unavailable', `Not enough of the new log of ${source} can be read yet.`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } finally {
    await following.stop();
  }
  const logId = common.logId!;
  if (old.some((at) => at.logId === logId)) {
    throw new Refusal('same-log', 'conflict', `The log of ${source} still has the id that ${name} follows: renew it.`);
  }
  const droppedParked = await moveOver(subscription, source, old, common, logId);
  for (const { p } of old) subscription.alarms.clear('another-log', name, `${source}/${p}`);
  return {
    logId,
    partitions: old.map(({ p, next }) => ({ p, lastCommon: common.nextOf(p) - 1, had: next - 1 })),
    droppedParked,
    doneBeyond: await listDoneBeyond(pool, name, source),
  };
}

async function isKnown(feed: Feed, common: CommonPrefix, old: readonly SubscriptionPosition[]): Promise<boolean> {
  if (common.logId === undefined) return false;
  const had = new Map(old.map(({ p, next }) => [p, next]));
  const open = (await common.positions()).filter(({ p, next }) => !common.differs(p) && next < had.get(p)!);
  if (open.length === 0) return true;
  // Should the feed itself be behind its log, events that were taken come again; the journal knows them (`notTaken`).
  const lags = await feed.lag(open);
  return lags.every(({ behind }) => behind === 0);
}

async function moveOver(
  { name, pool }: Subscription,
  source: string,
  old: readonly SubscriptionPosition[],
  common: CommonPrefix,
  logId: string,
): Promise<number> {
  return inTransaction(pool, async (client) => {
    let dropped = 0;
    const locked = await client.query<{ p: number; next: number; log_id: string | null }>(
      'select p, next_seq as next, log_id from position where subscription = $1 and source = $2 order by p for update',
      [name, source],
    );
    for (const { p, next, logId: oldLogId } of old) {
      const now = locked.rows.find((row) => row.p === p);
      if (now?.next !== next || now.log_id !== oldLogId) {
        throw new Refusal('position-moved', 'conflict', `${name} has moved in partition ${p} meanwhile.`);
      }
      if (oldLogId === null) continue;
      const last = common.last(p);
      await client.query(
        `update position set log_id = $4, next_seq = $5, last_event_id = $6, last_at = $7
         where subscription = $1 and source = $2 and p = $3`,
        [name, source, p, last && logId, common.nextOf(p), last?.eventId, last && new Date(last.at).toISOString()],
      );
      await client.query(
        `update reaction_journal set log_id = $6
         where subscription = $1 and source = $2 and p = $3 and log_id = $4 and seq < $5`,
        [name, source, p, oldLogId, common.nextOf(p), logId],
      );
      dropped += await dropParkedBeyond(client, { subscription: name, source, p, next: common.nextOf(p) });
    }
    return dropped;
  });
}
