import type { Accepted } from './lane-command.js';
import type { Queued } from './deciding.js';

/** A command with the caller who waits for its answer. */
export interface Waiting extends Queued {
  readonly resolve: (accepted: Accepted) => void;
  readonly reject: (thrown: unknown) => void;
  /** `performance.now()` when it arrived. */
  readonly since: number;
}

/** Commands of one flush at the most, so that a flush stays short however many wait. */
const BATCH = 512;

/**
 * The lanes: what waits, in order of arrival, and which partitions are under way. A partition is written by one flush
 * at a time; several may check it meanwhile, but none writes it while it is being checked. Nobody overtakes a command
 * that waits for one of its partitions, so a command over several is not starved.
 */
export class LaneQueue {
  private waiting: Waiting[] = [];
  private readonly flying = new Set<Waiting>();
  private readonly lengths = new Map<number, number>();
  private readonly written = new Set<number>();
  private readonly checked = new Map<number, number>();

  constructor(private readonly bound: number) {}

  get length(): number {
    return this.waiting.length;
  }

  /** Commands that wait or are under way. */
  get load(): number {
    return this.waiting.length + this.flying.size;
  }

  /** False when one of its partitions has no room left. */
  add(waiting: Waiting): boolean {
    if (waiting.writes.some((p) => (this.lengths.get(p) ?? 0) >= this.bound)) return false;
    this.count(waiting, 1);
    this.waiting.push(waiting);
    return true;
  }

  /**
   * The next flush: what can go now, touching at most `maxPartitions` partitions to write; all of them where what one
   * command writes another checks, since no second flush could go beside it.
   */
  take(maxPartitions: number): Waiting[] {
    const most = this.isTangled() ? Infinity : maxPartitions;
    const batch: Waiting[] = [];
    const left: Waiting[] = [];
    // Partitions that somebody waits to write are closed to all who come later, those that somebody waits to check only
    // to writers: two checks never disturb each other
    const closed = new Set<number>();
    const closedToWriters = new Set<number>();
    const writing = new Set<number>();
    const checking = new Set<number>();
    const ids = new Set<string>();
    let i = 0;
    for (; i < this.waiting.length && batch.length < BATCH; i++) {
      const next = this.waiting[i]!;
      const more = next.writes.filter((p) => !writing.has(p)).length;
      const goes =
        next.writes.every(
          (p) => !closed.has(p) && !closedToWriters.has(p) && !this.written.has(p) && !this.checked.has(p),
        ) &&
        next.checks.every((p) => !closed.has(p) && !this.written.has(p)) &&
        (writing.size === 0 || writing.size + more <= most) &&
        // the same command twice: the second waits, and is answered like the first
        !ids.has(next.command.commandId);
      if (goes) {
        for (const p of next.writes) writing.add(p);
        for (const p of next.checks) checking.add(p);
        ids.add(next.command.commandId);
        batch.push(next);
      } else {
        for (const p of next.writes) closed.add(p);
        for (const p of next.checks) closedToWriters.add(p);
        left.push(next);
      }
    }
    this.waiting = left.concat(this.waiting.slice(i));
    for (const p of writing) this.written.add(p);
    for (const p of checking) this.checked.set(p, (this.checked.get(p) ?? 0) + 1);
    for (const waiting of batch) this.flying.add(waiting);
    return batch;
  }

  /** Whether some waiting command writes to a partition that another one checks. */
  private isTangled(): boolean {
    const checks = new Set(this.waiting.flatMap((waiting) => waiting.checks));
    return checks.size > 0 && this.waiting.some(({ writes }) => writes.some((p) => checks.has(p)));
  }

  /** Opens the partitions of a flush again. */
  done(batch: readonly Waiting[]): void {
    for (const waiting of batch) {
      this.flying.delete(waiting);
      this.count(waiting, -1);
    }
    for (const p of new Set(batch.flatMap(({ writes }) => writes))) this.written.delete(p);
    for (const p of new Set(batch.flatMap(({ checks }) => checks))) {
      const left = this.checked.get(p)! - 1;
      if (left === 0) this.checked.delete(p);
      else this.checked.set(p, left);
    }
  }

  /** Who has waited since before `instant`; those not yet under way leave the lane with nothing done. */
  overdue(instant: number): Waiting[] {
    const late = this.waiting.filter(({ since }) => since < instant);
    if (late.length > 0) {
      this.waiting = this.waiting.filter(({ since }) => since >= instant);
      for (const waiting of late) this.count(waiting, -1);
    }
    return [...late, ...[...this.flying].filter(({ since }) => since < instant)];
  }

  private count({ writes }: Waiting, by: number): void {
    for (const p of writes) this.lengths.set(p, (this.lengths.get(p) ?? 0) + by);
  }
}
