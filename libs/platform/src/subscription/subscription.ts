import { idFrom } from '#kernel/ids.js';
import type pg from 'pg';
import { isTransient } from '../log/connection.js';
import { admit } from './admission.js';
import type { Alarms } from './alarms.js';
import { countParked, errorText, park, PARKING_LIMIT } from './parking.js';
import {
  lockPositions,
  movePositions,
  readPositions,
  type MovedPosition,
  type SubscriptionPosition,
} from './positions.js';
import { schemaOf, type ApplyContext, type HeardEvent, type Subscriber } from './subscriber.js';

/** What has become of a delivery, a partition each. */
export interface Delivered {
  readonly p: number;
  /** The sequence that is waited for now. */
  readonly next: number;
  /** Numbers from `next` on are missing in what was delivered. */
  readonly hole: boolean;
}

/** Which version of the tables a delivery goes to; without it, the live one. */
export interface Target {
  readonly version: number;
  readonly schema: string;
}

/** Applies what arrives, whoever brings it and however often: rows and position in one transaction (design §3). */
export class Subscription {
  /** Called after a commit that moved positions. */
  onMoved: (source: string) => void = () => undefined;

  constructor(
    readonly subscriber: Subscriber,
    readonly pool: pg.Pool,
    readonly alarms: Alarms,
    private readonly target?: Target,
  ) {}

  get name(): string {
    return this.subscriber.name;
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
    try {
      return await this.apply(source, events, (fresh, context) => this.together(fresh, context));
    } catch (thrown) {
      if (isTransient(thrown) || isUnavailable(thrown)) throw thrown;
      // Something in this batch cannot be applied: once more, event by event, to find out what.
      return this.apply(source, events, (fresh, context, place) => this.oneByOne(fresh, context, place));
    }
  }

  /** Applies parked events in their order; for `retryParked`. */
  async applyParked(events: readonly HeardEvent[], client: pg.ClientBase): Promise<void> {
    await this.together(events, { client, schema: this.target?.schema ?? schemaOf(this.subscriber.name) });
  }

  private async apply(source: string, events: readonly HeardEvent[], handle: Handle): Promise<Delivered[]> {
    const byPartition = new Map<number, HeardEvent[]>();
    for (const event of events) {
      const list = byPartition.get(event.p);
      if (list === undefined) byPartition.set(event.p, [event]);
      else list.push(event);
    }
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      // Sent together, not one after another's answer: at a few events a second the round trips are the latency.
      const begun = client.query('begin');
      const [, locked] = await Promise.all([
        begun,
        lockPositions(client, this.subscriber.name, source, [...byPartition.keys()], this.target?.version),
      ]);
      const delivered: Delivered[] = [];
      const moved: MovedPosition[] = [];
      const fresh: HeardEvent[] = [];
      for (const [p, position] of locked.positions) {
        const admission = admit(position, byPartition.get(p)!);
        const key = `${source}/${p}`;
        if (admission.anotherLog !== undefined) {
          this.alarms.raise(
            'another-log',
            this.subscriber.name,
            key,
            `Partition ${p} of ${source}: ${admission.anotherLog}`,
          );
          continue;
        }
        this.alarms.clear('another-log', this.subscriber.name, key);
        const last = admission.fresh.at(-1);
        if (last !== undefined) {
          moved.push({ p, next: last.seq + 1, logId: last.logId, lastEventId: last.eventId, lastAt: last.at });
          fresh.push(...admission.fresh);
        }
        delivered.push({ p, next: last === undefined ? position.next : last.seq + 1, hole: admission.hole });
      }
      if (moved.length > 0) {
        const place = { subscription: this.subscriber.name, version: locked.version, source };
        const followers = fresh.filter(({ stream }) => locked.parked.has(stream));
        if (followers.length > 0)
          await park(
            client,
            place,
            followers.map((event) => ({ event })),
          );
        const context = { client, schema: this.target?.schema ?? schemaOf(this.subscriber.name) };
        await handle(
          followers.length === 0 ? fresh : fresh.filter(({ stream }) => !locked.parked.has(stream)),
          context,
          place,
        );
        if (this.subscriber.kind === 'reaction') await this.journal(client, source, fresh);
        await Promise.all([
          movePositions(client, this.subscriber.name, locked.version, source, moved),
          client.query('commit'),
        ]);
      } else {
        await client.query('rollback');
      }
      if (moved.length > 0) this.onMoved(source);
      return delivered;
    } catch (thrown) {
      await client.query('rollback').catch((error: Error) => (broken = error));
      throw thrown;
    } finally {
      client.release(broken);
    }
  }

  private async together(events: readonly HeardEvent[], context: ApplyContext): Promise<void> {
    const heard = events.filter(({ type }) => type !== 'Internal');
    if (heard.length === 0) return;
    const { subscriber } = this;
    const read = subscriber.read === undefined ? heard : heard.map((event) => subscriber.read!(event));
    if (subscriber.kind === 'projection') return subscriber.apply(read, context);
    for (const event of read) {
      await subscriber.react(event, idFrom(event.logId, subscriber.name, String(event.p), String(event.seq)));
    }
  }

  private async oneByOne(events: readonly HeardEvent[], context: ApplyContext, place: Place): Promise<void> {
    const { client } = context;
    const parked = new Set<string>();
    for (const event of events) {
      if (parked.has(event.stream)) {
        await park(client, place, [{ event }]);
        continue;
      }
      await client.query('savepoint event');
      try {
        await this.together([event], context);
      } catch (thrown) {
        if (isTransient(thrown) || isUnavailable(thrown)) throw thrown;
        await client.query('rollback to savepoint event');
        parked.add(event.stream);
        await park(client, place, [{ event, error: errorText(thrown) }]);
      }
      await client.query('release savepoint event');
    }
    const count = await countParked(client, place);
    if (count > PARKING_LIMIT) {
      const detail = `${count} streams could not be applied: the fault is not in the streams. Nothing more is applied.`;
      this.alarms.raise('too-many-parked', this.subscriber.name, '', detail);
      throw Object.assign(new Error(detail), { code: '53UKP' });
    }
    this.alarms.clear('too-many-parked', this.subscriber.name, '');
  }

  private async journal(client: pg.ClientBase, source: string, events: readonly HeardEvent[]): Promise<void> {
    await client.query(
      `insert into reaction_journal (subscription, source, log_id, p, seq, event_id)
       select $1, $2, * from unnest($3::uuid[], $4::int[], $5::bigint[], $6::uuid[]) on conflict do nothing`,
      [
        this.subscriber.name,
        source,
        events.map(({ logId }) => logId),
        events.map(({ p }) => p),
        events.map(({ seq }) => seq),
        events.map(({ eventId }) => eventId),
      ],
    );
  }
}

interface Place {
  readonly subscription: string;
  readonly version: number;
  readonly source: string;
}

type Handle = (events: readonly HeardEvent[], context: ApplyContext, place: Place) => Promise<void>;

/** A lane that is too full or cannot reach its database: the reaction waits, the event is not at fault. */
function isUnavailable(thrown: unknown): boolean {
  return (thrown as { slug?: unknown } | null)?.slug === 'unavailable';
}
