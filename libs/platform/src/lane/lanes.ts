import { Refusal } from '#kernel/refusal.js';
import type { Clock } from '#kernel/clock.js';
import { systemClock } from '#kernel/clock.js';
import type { ConnectionSettings } from '../log/connection.js';
import { openPool } from '../log/connection.js';
import { readHeads } from '../log/event-log.js';
import type { Verdict } from './deciding.js';
import { Flight } from './flight.js';
import type { Accepted, LaneCommand, Position } from './lane-command.js';
import { LaneMemory } from './lane-memory.js';
import { LaneQueue, type Waiting } from './lane-queue.js';

export interface LaneSettings {
  readonly database: ConnectionSettings;
  /** Commands that may wait for one partition; one more is refused as `unavailable`. */
  readonly queueBound?: number;
  /** Bytes of states kept in memory, as they are weighed. */
  readonly cacheBytes?: number;
  /** Milliseconds after which a command that nothing is known of is answered 503. */
  readonly answerWithin?: number;
  readonly clock?: Clock;
  /** Called after every commit, before its commands are answered. */
  readonly onCommitted?: (positions: readonly Position[]) => void;
}

/** Up to this many commands waiting or under way, one flush at a time is fastest (measured: design §3); beyond it, two. */
const ONE_FLIGHT_UP_TO = 16;
const FLIGHTS = 2;
const ANSWER_WITHIN = 5_000;

/** The write path of a service: every command goes through here, and nothing else writes events (design §3 "The lane"). */
export class Lanes {
  private readonly queue: LaneQueue;
  private readonly flights: Flight[];
  private readonly idle: Flight[];
  private readonly deadline: NodeJS.Timeout;
  private readonly clock: Clock;
  private pumping = false;
  private closing: (() => void) | undefined;

  private constructor(
    private readonly settings: LaneSettings,
    private readonly memory: LaneMemory,
    clockOffset: number,
  ) {
    this.clock = settings.clock ?? systemClock;
    this.queue = new LaneQueue(settings.queueBound ?? 1_000);
    this.flights = Array.from(
      { length: FLIGHTS },
      () => new Flight(settings.database, memory, this.clock, clockOffset),
    );
    this.idle = [...this.flights];
    this.deadline = setInterval(() => this.refuseOverdue(), 250);
    this.deadline.unref();
  }

  static async open(settings: LaneSettings): Promise<Lanes> {
    const pool = openPool(settings.database, 1);
    try {
      const heads = await readHeads(pool);
      const { rows } = await pool.query<{ now: number }>('select clock_timestamp() as now');
      const memory = new LaneMemory(heads.length, settings.cacheBytes ?? 64 * 1024 * 1024);
      for (const head of heads) memory.heads.set(head.p, head);
      return new Lanes(settings, memory, rows[0]!.now - (settings.clock ?? systemClock).now());
    } finally {
      await pool.end();
    }
  }

  /** Bytes of events whose states are held. */
  get cachedBytes(): number {
    return this.memory.cache.bytes;
  }

  get waiting(): number {
    return this.queue.length;
  }

  /**
   * Decides and commits a command.
   * @throws Refusal of the rule, `idempotency-key-reused`, or `unavailable`: then the outcome may be unknown, and the
   * same key may be sent again. Anything else is a defect of the rule.
   */
  submit<Answer>(command: LaneCommand<Answer>): Promise<Accepted<Answer>> {
    return new Promise<Accepted>((resolve, reject) => {
      if (this.closing !== undefined) return reject(unavailable('The service is stopping.'));
      const place = (refs: LaneCommand['writes']) => [...new Set(refs.map((ref) => this.memory.partitionOf(ref)))];
      const writes = place(command.writes);
      const checks = place(command.checks).filter((p) => !writes.includes(p));
      const waiting: Waiting = { command, writes, checks, resolve, reject, since: performance.now() };
      if (!this.queue.add(waiting)) return reject(unavailable('Too many commands are waiting for this session.'));
      this.schedule();
    }) as Promise<Accepted<Answer>>;
  }

  /** Answers what has been accepted into the lanes, for as long as a caller would wait; then closes the connections. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.closing = resolve;
      setTimeout(resolve, this.settings.answerWithin ?? ANSWER_WITHIN).unref();
      this.schedule();
    });
    clearInterval(this.deadline);
    await Promise.all(this.flights.map((flight) => flight.close()));
  }

  /** Waits for the end of this turn of the event loop, so that what arrives together is flushed together. */
  private schedule(): void {
    if (this.pumping) return;
    this.pumping = true;
    setImmediate(() => {
      this.pumping = false;
      this.pump();
    });
  }

  private pump(): void {
    while (this.idle.length > 0) {
      const busy = this.queue.load > ONE_FLIGHT_UP_TO;
      if (!busy && this.idle.length < this.flights.length) return;
      const batch = this.queue.take(busy ? Math.ceil(this.memory.partitions / FLIGHTS) : this.memory.partitions);
      if (batch.length === 0) break;
      const flight = this.idle.pop()!;
      void this.fly(flight, batch);
    }
    if (this.queue.length === 0 && this.idle.length === this.flights.length) this.closing?.();
  }

  private async fly(flight: Flight, batch: Waiting[]): Promise<void> {
    try {
      await flight.fly(batch, (verdicts) => this.answer(verdicts));
    } catch (thrown) {
      for (const waiting of batch) waiting.reject(thrown);
    }
    this.queue.done(batch);
    this.idle.push(flight);
    this.pump();
  }

  private answer(verdicts: ReadonlyMap<Waiting, Verdict>): void {
    const committed = new Map<number, number>();
    for (const verdict of verdicts.values()) {
      if (!('accepted' in verdict)) continue;
      for (const { p, seq } of verdict.accepted.positions) committed.set(p, Math.max(seq, committed.get(p) ?? 0));
    }
    if (committed.size > 0) this.settings.onCommitted?.([...committed].map(([p, seq]) => ({ p, seq })));
    for (const [waiting, verdict] of verdicts) {
      if ('accepted' in verdict) waiting.resolve(verdict.accepted);
      else waiting.reject('refused' in verdict ? verdict.refused : verdict.failed);
    }
  }

  private refuseOverdue(): void {
    const before = performance.now() - (this.settings.answerWithin ?? ANSWER_WITHIN);
    for (const waiting of this.queue.overdue(before)) {
      waiting.reject(
        unavailable('The desk did not get an answer in time. Send the same request with the same key again.'),
      );
    }
  }
}

function unavailable(message: string): Refusal {
  return new Refusal('unavailable', 'unavailable', message, { retryAfterSeconds: 1 });
}
