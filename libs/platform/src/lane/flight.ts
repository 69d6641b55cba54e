import type { Clock } from '#kernel/clock.js';
import { Refusal } from '#kernel/refusal.js';
import type pg from 'pg';
import { append, type FlushOutcome } from '../log/append.js';
import { isConnectionLost, isTransient, type ConnectionSettings } from '../log/connection.js';
import { decideAll, partitionsOf, streamsOf, type Decided, type Queued, type Verdict } from './deciding.js';
import { FlightConnection, type Backend } from './flight-connection.js';
import type { LaneMemory } from './lane-memory.js';
import { decideUnderLock } from './under-lock.js';

/** Pauses between tries when PostgreSQL cannot be reached, milliseconds; the last one repeats. */
const PAUSES = [20, 50, 100, 250, 500, 1_000];
/** Tries of a flush that PostgreSQL keeps refusing for a reason that may pass. */
const TRIES = 5;

type Answer<Q> = (verdicts: ReadonlyMap<Q, Verdict>) => void;

/** One flush at a time over one connection: the fast way first, the slow way when the belief was wrong. */
export class Flight {
  private readonly connection: FlightConnection;
  private closed = false;

  constructor(
    settings: ConnectionSettings,
    private readonly memory: LaneMemory,
    private readonly clock: Clock,
    /** The database's clock minus ours, milliseconds; learnt again whenever a flush says that it is off. */
    private offset: number,
  ) {
    this.connection = new FlightConnection(settings);
  }

  /** Resolves when every command is answered and no session can still be at work on one. */
  async fly<Q extends Queued>(batch: readonly Q[], answer: Answer<Q>): Promise<void> {
    try {
      const client = await this.connection.open();
      // The heads first: a state read later may know more than they say, which the comparison finds, never less.
      const heads = new Map(this.memory.heads);
      const states = await this.memory.load(client, streamsOf(batch));
      const now = this.clock.now() + this.offset;
      const decided = decideAll(batch, heads, (ref) => states.get(ref.name)!, now);
      const outcome = await this.flush(client, decided);
      if (outcome === 'done') {
        this.memory.commit(decided);
        return answer(decided.verdicts);
      }
      await this.underLock(batch, answer, []);
    } catch (thrown) {
      this.memory.forget(partitionsOf(batch).map(({ p }) => p));
      await this.recover(batch, answer, thrown);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.connection.close();
  }

  private async flush<Q extends Queued>(client: pg.Client, { flush }: Decided<Q>): Promise<FlushOutcome> {
    if (flush.events.length + flush.commands.length > 0) return append(client, flush);
    return stillTrue(client, flush);
  }

  private async underLock<Q extends Queued>(batch: readonly Q[], answer: Answer<Q>, lost: readonly Backend[]) {
    const client = await this.connection.open();
    const { verdicts, decided, clock } = await decideUnderLock(client, this.memory, batch, lost);
    this.offset = clock - this.clock.now();
    this.memory.commit(decided);
    answer(verdicts);
  }

  /**
   * A lost connection leaves the outcome unknown, so the commands are looked up under lock until that is known. Another
   * error was a rollback: what may pass is tried again; a poisoned command is found by trying each alone.
   */
  private async recover<Q extends Queued>(batch: readonly Q[], answer: Answer<Q>, first: unknown): Promise<void> {
    let thrown = first;
    const lost: Backend[] = [];
    for (let attempt = 0; ; attempt++) {
      if (this.closed) throw unavailable();
      if (isConnectionLost(thrown)) {
        if (this.connection.backend !== undefined) lost.push(this.connection.backend);
        await this.connection.close();
      } else {
        if (!isTransient(thrown) && batch.length > 1) return this.oneByOne(batch, answer);
        if (!isTransient(thrown)) return answer(new Map(batch.map((queued) => [queued, { failed: thrown }])));
        if (attempt >= TRIES) return answer(new Map(batch.map((queued) => [queued, { refused: unavailable() }])));
      }
      if (attempt > 0) await pause(attempt);
      try {
        return await this.underLock(batch, answer, lost);
      } catch (again) {
        thrown = again;
        this.memory.forget(partitionsOf(batch).map(({ p }) => p));
      }
    }
  }

  private async oneByOne<Q extends Queued>(batch: readonly Q[], answer: Answer<Q>): Promise<void> {
    for (const queued of batch) {
      try {
        await this.underLock([queued], answer, []);
      } catch (thrown) {
        await this.recover([queued], answer, thrown);
      }
    }
  }
}

/** Whether what only refusals were decided on is still so, in one statement and so in one snapshot. */
async function stillTrue(
  client: pg.Client,
  { expectations, refused }: Decided<Queued>['flush'],
): Promise<FlushOutcome> {
  const { rows } = await client.query<{ moved: boolean; known: boolean }>({
    name: 'still-true',
    text: `select
        exists (select from unnest($1::int[], $2::bigint[]) x(p, next) join partitions c using (p) where c.next <> x.next) as moved,
        exists (select from commands where command_id = any ($3::uuid[])) as known`,
    values: [expectations.map(({ p }) => p), expectations.map(({ next }) => next), refused],
  });
  return rows[0]!.moved ? 'moved' : rows[0]!.known ? 'known' : 'done';
}

function pause(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSES[Math.min(attempt, PAUSES.length) - 1]));
}

function unavailable(): Refusal {
  const message = 'The database could not be reached. Send the same request with the same key again.';
  return new Refusal('unavailable', 'unavailable', message, { retryAfterSeconds: 1 });
}
