import type pg from 'pg';
import { admit } from './admission.js';
import type { Alarms } from './alarms.js';
import { applyOneByOne, applyTogether, foldTogether, mayPass, TooManyParked } from './applying.js';
import { FoldsAhead, type FoldAhead } from './fold-ahead.js';
import { park, type ParkingPlace } from './parking.js';
import {
  lockPositions,
  movePositions,
  readPositions,
  type LockedPositions,
  type MovedPosition,
  type SubscriptionPosition,
} from './positions.js';
import { keepJournal, notTaken } from './reaction-journal.js';
import {
  codeVersionOf,
  schemaOf,
  type ApplyContext,
  type HeardEvent,
  type Statement,
  type Subscriber,
} from './subscriber.js';
import { rollBack, sendAll, withConnection } from './transaction.js';

/** What has become of a delivery, a partition each. */
export interface Delivered {
  readonly p: number;
  /** The sequence that is waited for now. */
  readonly next: number;
  /** Numbers from `next` on are missing in what was delivered. */
  readonly hole: boolean;
}

/** Told to where which partitions have moved. */
export type OnMoved = (source: string, moved: readonly MovedPosition[]) => void;

/** Which version of the tables a delivery goes to; without it, the live one. */
export interface Target {
  readonly version: number;
  readonly schema: string;
}

/** A reaction's events a transaction: each is a command, and the transaction is open as long as they all take. */
const REACTION_BATCH = 50;

/**
 * Tables that are being filled are worth nothing until the swap, whose commit makes them durable: no batch of them need
 * wait for the disk.
 */
const BEGIN_FILLING = 'begin; set local synchronous_commit = off';

/** Applies what arrives, whoever brings it and however often: rows and position in one transaction (design §3). */
export class Subscription {
  private readonly movedListeners = new Set<OnMoved>();
  private readonly ahead: FoldsAhead;

  constructor(
    readonly subscriber: Subscriber,
    readonly pool: pg.Pool,
    readonly alarms: Alarms,
    private readonly target?: Target,
  ) {
    this.ahead = new FoldsAhead(subscriber);
  }

  get name(): string {
    return this.subscriber.name;
  }

  get rest(): number {
    return (this.subscriber.kind === 'projection' && this.subscriber.rest) || 0;
  }

  /** Calls `listener` after every commit of this process that moved positions; answers how to end that. */
  onMoved(listener: OnMoved): () => void {
    this.movedListeners.add(listener);
    return () => this.movedListeners.delete(listener);
  }

  positions(source: string): Promise<SubscriptionPosition[]> {
    return readPositions(this.pool, this.subscriber.name, source, this.target?.version);
  }

  /**
   * Applies events of one source, each partition's in order. Answers nothing for a partition that another process is
   * working on. A named alarm stops a partition whose events are not of the log that was read so far.
   * @throws what may pass (no connection, deadlock): deliver again. What cannot pass parks the stream instead.
   */
  async deliver(source: string, events: readonly HeardEvent[]): Promise<Delivered[]> {
    if (this.subscriber.kind === 'projection') return this.deliverTogether(source, events);
    const answered = new Map<number, Delivered>();
    // A partition left out once stays out: its later events would look like the far side of a hole
    const leftOut = new Set<number>();
    for (let i = 0; i < events.length; i += REACTION_BATCH) {
      const batch = events.slice(i, i + REACTION_BATCH).filter(({ p }) => !leftOut.has(p));
      for (const { p } of batch) {
        leftOut.add(p);
        answered.delete(p);
      }
      for (const one of await this.deliverTogether(source, batch)) {
        leftOut.delete(one.p);
        answered.set(one.p, one);
      }
    }
    return [...answered.values()];
  }

  /** Applies parked events in their order; for `retryParked`. */
  async applyParked(events: readonly HeardEvent[], client: pg.ClientBase): Promise<void> {
    await applyTogether(this.subscriber, events, this.context(client));
  }

  private async deliverTogether(source: string, events: readonly HeardEvent[]): Promise<Delivered[]> {
    const { subscriber, alarms, name } = this;
    try {
      const delivered = await this.apply(source, events, true, (fresh, context) =>
        foldTogether(subscriber, fresh, context),
      )
        // Something in this batch cannot be applied: once more, event by event, to find out what.
        .catch((thrown: unknown) => {
          if (mayPass(thrown)) throw thrown;
          return this.apply(source, events, false, (...batch) => applyOneByOne(subscriber, ...batch));
        });
      for (const { p } of delivered) alarms.clear('too-many-parked', name, `${source}/${p}`);
      return delivered;
    } catch (thrown) {
      if (thrown instanceof TooManyParked) {
        for (const { p } of events) alarms.raise('too-many-parked', name, `${source}/${p}`, thrown.message);
      }
      throw thrown;
    }
  }

  private async apply(
    source: string,
    events: readonly HeardEvent[],
    foldAhead: boolean,
    handle: Handle,
  ): Promise<Delivered[]> {
    const arrived = byPartition(events);
    const delivered: Delivered[] = [];
    const moved: MovedPosition[] = [];
    const fresh: HeardEvent[] = [];
    let ahead: FoldAhead | undefined;
    await withConnection(this.pool, async (client) => {
      try {
        // Sent together, not one after another's answer: at a few events a second the round trips are the latency.
        const locking = Promise.all([
          client.query(this.target === undefined ? 'begin' : BEGIN_FILLING),
          lockPositions(client, this.name, source, [...arrived.keys()], this.target ?? this.liveTarget),
        ]);
        if (foldAhead) ahead = this.ahead.begin(source, arrived, this.context(client));
        const [, locked] = await locking;
        this.watchCode(locked);
        for (const [p, position] of locked.positions) {
          const admission = admit(position, arrived.get(p)!);
          const key = `${source}/${p}`;
          if (admission.anotherLog !== undefined) {
            this.alarms.raise('another-log', this.name, key, `Partition ${p} of ${source}: ${admission.anotherLog}`);
            continue;
          }
          this.alarms.clear('another-log', this.name, key);
          const last = admission.fresh.at(-1);
          if (last !== undefined) {
            moved.push({ p, next: last.seq + 1, logId: last.logId, lastEventId: last.eventId, lastAt: last.at });
            fresh.push(...admission.fresh);
          }
          delivered.push({ p, next: last === undefined ? position.next : last.seq + 1, hole: admission.hole });
        }
        if (moved.length === 0) {
          await ahead?.ended;
          return await rollBack(client);
        }
        // What cannot be folded leaves the transaction good for nothing, also for those who would be parked
        const guessed = await ahead?.folded;
        const place = { subscription: this.name, version: locked.version, source };
        const followers = fresh.filter(({ stream }) => locked.parked.has(stream));
        for (const event of followers) await park(client, place, [{ event }]);
        const free = followers.length === 0 ? fresh : fresh.filter(({ stream }) => !locked.parked.has(stream));
        const isReaction = this.subscriber.kind === 'reaction';
        const statements =
          guessed !== undefined && ahead!.isOf(free)
            ? guessed
            : await handle(isReaction ? await notTaken(client, this.name, free) : free, this.context(client), place);
        if (isReaction) await keepJournal(client, this.name, source, fresh);
        await Promise.all([
          ...(await sendAll(client, statements)),
          movePositions(client, this.name, locked.version, source, moved),
          client.query('commit'),
        ]);
      } catch (thrown) {
        await ahead?.ended;
        await rollBack(client);
        throw thrown;
      }
    });
    this.ahead.await(source, delivered);
    if (moved.length > 0) for (const listener of this.movedListeners) listener(source, moved);
    return delivered;
  }

  private get liveTarget(): { codeVersion: number } {
    return { codeVersion: codeVersionOf(this.subscriber) };
  }

  private context(client: pg.ClientBase): ApplyContext {
    return { client, schema: this.target?.schema ?? schemaOf(this.name) };
  }

  private watchCode({ codeVersion }: LockedPositions): void {
    if (this.target !== undefined) return;
    const ours = codeVersionOf(this.subscriber);
    if (codeVersion <= ours) this.alarms.clear('newer-code', this.name, '');
    else {
      const detail = `The tables were made by version ${codeVersion} of the code, this is ${ours}: it leaves them alone.`;
      this.alarms.raise('newer-code', this.name, '', detail, false);
    }
  }
}

type Handle = (
  events: readonly HeardEvent[],
  context: ApplyContext,
  place: ParkingPlace,
) => Promise<readonly Statement[]>;

function byPartition(events: readonly HeardEvent[]): Map<number, HeardEvent[]> {
  const partitions = new Map<number, HeardEvent[]>();
  for (const event of events) {
    const list = partitions.get(event.p);
    if (list === undefined) partitions.set(event.p, [event]);
    else list.push(event);
  }
  return partitions;
}
