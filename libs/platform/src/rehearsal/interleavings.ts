import { newId } from '#kernel/ids.js';
import { listParked } from '../subscription/parking.js';
import { ensurePositions } from '../subscription/positions.js';
import { tablesOf } from '../subscription/projection-tables.js';
import { schemaOf, type HeardEvent, type Projection } from '../subscription/subscriber.js';
import { prepare } from '../subscription/subscriptions.js';
import type { RehearsalConsumer } from './rehearsal-consumer.js';

/** Every order in which two sequences can arrive, each of them in its own order. */
export function* interleavings<T>(first: readonly T[], second: readonly T[]): Generator<T[]> {
  if (first.length === 0 || second.length === 0) {
    yield [...first, ...second];
    return;
  }
  for (const rest of interleavings(first.slice(1), second)) yield [first[0]!, ...rest];
  for (const rest of interleavings(first, second.slice(1))) yield [second[0]!, ...rest];
}

export type Draft = Pick<HeardEvent, 'stream' | 'type' | 'data'>;

/** Events of one partition, as they would be heard. */
export function heardIn(source: string, p: number, drafts: readonly Draft[], logId: string): HeardEvent[] {
  const versions = new Map<string, number>();
  return drafts.map((draft, i) => {
    const version = (versions.get(draft.stream) ?? 0) + 1;
    versions.set(draft.stream, version);
    const place = { source, logId, p, seq: i + 1, version, eventId: newId(), schemaVersion: 1 };
    return { ...draft, ...place, at: Date.UTC(2026, 3, 1, 0, 0, i), metadata: {} };
  });
}

/**
 * What a projection says after each order in which two partitions of a source can arrive, event by event, on a real
 * database. Streams arrive in any order (design §3 "Subscriptions"): a projection must end the same after each.
 * @throws if an order parks a stream
 */
export async function rowsOfEveryOrder<Rows>(
  consumer: RehearsalConsumer,
  projection: Projection,
  partitions: readonly [readonly Draft[], readonly Draft[]],
  read: (consumer: RehearsalConsumer) => Promise<Rows>,
): Promise<Rows[]> {
  const { pool, alarms } = consumer;
  const source = projection.sources[0]!;
  const logId = newId();
  const [first, second] = partitions.map((drafts, p) => heardIn(source, p, drafts, logId)) as [
    HeardEvent[],
    HeardEvent[],
  ];
  const subscription = await prepare(pool, alarms, projection, []);
  await ensurePositions(pool, projection.name, 1, source, 2);
  const tables = (await tablesOf(pool, schemaOf(projection.name))).map((t) => `${schemaOf(projection.name)}.${t}`);
  const outcomes: Rows[] = [];
  for (const order of interleavings(first, second)) {
    await pool.query(`truncate ${tables.join(', ')}`);
    await pool.query('update position set next_seq = 1, log_id = null, last_event_id = null where subscription = $1', [
      projection.name,
    ]);
    for (const event of order) await subscription.deliver(source, [event]);
    const parked = await listParked(pool, projection.name);
    if (parked.length > 0) {
      const places = order.map(({ p, seq }) => `${p}:${seq}`).join(' ');
      throw new Error(`In the order ${places} this could not be applied: ${parked[0]!.error}`);
    }
    outcomes.push(await read(consumer));
  }
  return outcomes;
}
