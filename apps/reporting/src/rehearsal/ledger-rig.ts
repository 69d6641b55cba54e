import { newId } from '#kernel/ids.js';
import type { ServiceDatabase } from '#platform/hosting/rows.js';
import { RehearsalConsumer } from '#platform/rehearsal/rehearsal-consumer.js';
import { listParked } from '#platform/subscription/parking.js';
import { ensurePositions } from '#platform/subscription/positions.js';
import { tablesOf } from '#platform/subscription/projection-tables.js';
import type { HeardEvent } from '#platform/subscription/subscriber.js';
import type { Subscription } from '#platform/subscription/subscription.js';
import { prepare } from '#platform/subscription/subscriptions.js';
import { SOURCES } from '../ledger/heard.js';
import { LEDGER, ledger } from '../ledger/ledger.projector.js';
import { Ledger, type LedgerReading } from '../query/ledger-reading.js';
import type { Told } from './told.js';

/** Partitions of each log; streams are spread over them by their names. */
const PARTITIONS = 2;

/** The ledger on a real database, told whatever a spec tells it, at whatever time. */
export class LedgerRig {
  private readonly logs = Object.fromEntries(SOURCES.map((source) => [source, newId()]));
  private readonly next = new Map<string, number>();
  private readonly versions = new Map<string, number>();

  private constructor(
    private readonly consumer: RehearsalConsumer,
    private readonly subscription: Subscription,
  ) {}

  static async make(): Promise<LedgerRig> {
    const consumer = await RehearsalConsumer.make();
    const subscription = await prepare(consumer.pool, consumer.alarms, ledger, []);
    for (const source of SOURCES) await ensurePositions(consumer.pool, LEDGER, 1, source, PARTITIONS);
    return new LedgerRig(consumer, subscription);
  }

  get url(): string {
    return this.consumer.url;
  }

  get pool() {
    return this.consumer.pool;
  }

  /** Forgets everything that was told. */
  async clear(): Promise<void> {
    const tables = await tablesOf(this.pool, 'ledger');
    await this.pool.query(`truncate ${tables.map((table) => `ledger.${table}`).join()}`);
    await this.pool.query('update position set next_seq = 1, log_id = null, last_event_id = null, last_at = null');
    for (const source of SOURCES) this.logs[source] = newId();
    this.next.clear();
    this.versions.clear();
  }

  /** @throws Error when something could not be applied */
  async tell(...story: readonly (Told | readonly Told[])[]): Promise<void> {
    await this.deliver(this.heard(story.flat() as Told[]));
  }

  /** Told one by one, as a slow log would. */
  async tellOneByOne(...story: readonly (Told | readonly Told[])[]): Promise<void> {
    for (const heard of this.heard(story.flat() as Told[])) await this.deliver([heard]);
  }

  ask<Answer>(work: (reading: LedgerReading) => Promise<Answer>, asOf?: string): Promise<Answer> {
    return new Ledger({ pool: this.pool } as ServiceDatabase).read(asOf, work);
  }

  close(): Promise<void> {
    return this.consumer.close();
  }

  private heard(story: readonly Told[]): HeardEvent[] {
    return story.map(({ source, ...told }) => {
      const p = [...told.stream].reduce((sum, letter) => sum + letter.codePointAt(0)!, 0) % PARTITIONS;
      const seq = (this.next.get(`${source}/${p}`) ?? 0) + 1;
      const version = (this.versions.get(told.stream) ?? 0) + 1;
      this.next.set(`${source}/${p}`, seq);
      this.versions.set(told.stream, version);
      const place = { source, logId: this.logs[source]!, p, seq, version, eventId: newId(), schemaVersion: 1 };
      return { ...told, ...place, metadata: {} };
    });
  }

  private async deliver(events: readonly HeardEvent[]): Promise<void> {
    for (const source of SOURCES) {
      for (let p = 0; p < PARTITIONS; p++) {
        const own = events.filter((event) => event.source === source && event.p === p);
        if (own.length > 0) await this.subscription.deliver(source, own);
      }
    }
    const parked = await listParked(this.pool, LEDGER);
    if (parked.length > 0) throw new Error(`Could not be applied: ${parked[0]!.error}`);
  }
}
