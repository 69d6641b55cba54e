import { readStreams, type PartitionHead, type Queryable } from '../log/event-log.js';
import { partitionOf } from '../log/partition.js';
import type { Decided, Queued } from './deciding.js';
import type { StreamRef } from './lane-command.js';
import { advance, emptyStream, StreamCache, type StreamState } from './stream-cache.js';

/**
 * What this process believes: how far each partition goes, and the states of streams it has seen. The belief is right
 * as of the heads, because a head is always learnt before a stream is read, and every flush compares the heads.
 */
export class LaneMemory {
  readonly heads = new Map<number, PartitionHead>();
  readonly cache: StreamCache;

  constructor(
    readonly partitions: number,
    cacheBytes: number,
  ) {
    this.cache = new StreamCache(cacheBytes);
  }

  partitionOf(ref: StreamRef): number {
    return partitionOf(ref.name, this.partitions);
  }

  /**
   * The states of streams, read from the log where they are not held. The caller keeps the answer for its flight,
   * because the cache may drop any of them at once.
   */
  async load(db: Queryable, refs: readonly StreamRef[]): Promise<ReadonlyMap<string, StreamState>> {
    const states = new Map<string, StreamState>();
    const missing: StreamRef[] = [];
    for (const ref of refs) {
      const held = this.cache.get(ref);
      if (held === undefined) missing.push(ref);
      else states.set(ref.name, held);
    }
    if (missing.length === 0) return states;
    const heads = new Map(this.heads);
    for (const ref of missing) states.set(ref.name, emptyStream(ref.type, this.partitionOf(ref)));
    for (const event of await readStreams(
      db,
      missing.map(({ name }) => name),
    )) {
      states.set(event.stream, advance(states.get(event.stream)!, event));
    }
    for (const { name } of missing) {
      const read = states.get(name)!;
      // A head that moved while we read stands for events that this state may lack, and nobody would fold them again.
      if (this.heads.get(read.p) === heads.get(read.p)) this.cache.set(name, read);
    }
    return states;
  }

  /** Makes true what a flush assumed; to be called once it is committed. */
  commit(decided: Decided<Queued>): void {
    for (const head of decided.heads) this.heads.set(head.p, head);
    for (const [name, state] of decided.states) this.cache.set(name, state);
  }

  /** Forgets whatever is believed about partitions whose last flush failed. */
  forget(partitions: Iterable<number>): void {
    for (const p of partitions) this.cache.dropPartition(p);
  }
}
