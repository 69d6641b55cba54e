import { isTransient } from '../log/connection.js';
import { errorText } from './error-text.js';
import { countParked, park, PARKING_LIMIT, type ParkingPlace } from './parking.js';
import { reactionCommandId } from './reaction-journal.js';
import type { ApplyContext, HeardEvent, Statement, Subscriber } from './subscriber.js';

/** The fault is not in the streams. Its code makes it pass for "no room": what was delivered will be delivered again. */
export class TooManyParked extends Error {
  readonly code = '53UKP';

  constructor(count: number) {
    super(`${count} streams could not be applied: the fault is not in the streams. Nothing more is applied.`);
    this.name = 'TooManyParked';
  }
}

/** Hands events to the subscriber, all at once; answers with what is still to be written. */
export async function foldTogether(
  subscriber: Subscriber,
  events: readonly HeardEvent[],
  context: ApplyContext,
): Promise<readonly Statement[]> {
  const heard = events.filter(({ type }) => type !== 'Internal');
  if (heard.length === 0) return [];
  const read = subscriber.read === undefined ? heard : heard.map((event) => subscriber.read!(event));
  if (subscriber.kind === 'projection') return (await subscriber.apply(read, context)) ?? [];
  for (const event of read) await subscriber.react(event, reactionCommandId(subscriber.name, event));
  return [];
}

/** Hands events to the subscriber, all at once, and writes what comes of them. */
export async function applyTogether(...batch: Parameters<typeof foldTogether>): Promise<void> {
  const [, , { client }] = batch;
  const statements = await foldTogether(...batch);
  await Promise.all(statements.map((statement) => client.query(statement)));
}

/**
 * Hands events over one at a time, writes what comes of each, and parks the stream of each that fails.
 * @throws TooManyParked; and what may pass, which parks nothing
 */
export async function applyOneByOne(
  subscriber: Subscriber,
  events: readonly HeardEvent[],
  context: ApplyContext,
  place: ParkingPlace,
): Promise<readonly Statement[]> {
  const { client } = context;
  const parked = new Set<string>();
  for (const event of events) {
    if (parked.has(event.stream)) {
      await park(client, place, [{ event }]);
      continue;
    }
    await client.query('savepoint event');
    try {
      await applyTogether(subscriber, [event], context);
    } catch (thrown) {
      if (mayPass(thrown)) throw thrown;
      await client.query('rollback to savepoint event');
      parked.add(event.stream);
      await park(client, place, [{ event, error: errorText(thrown) }]);
    }
    await client.query('release savepoint event');
  }
  const count = await countParked(client, place);
  if (count > PARKING_LIMIT) throw new TooManyParked(count);
  return [];
}

/** No connection, a deadlock, a lane that is too full or cannot reach its database: the event is not at fault. */
export function mayPass(thrown: unknown): boolean {
  return isTransient(thrown) || (thrown as { slug?: unknown } | null)?.slug === 'unavailable';
}
