import { isTransient } from '../log/connection.js';
import { errorText } from './error-text.js';
import { countParked, park, PARKING_LIMIT, type ParkingPlace } from './parking.js';
import { reactionCommandId } from './reaction-journal.js';
import type { ApplyContext, HeardEvent, Subscriber } from './subscriber.js';

/** The fault is not in the streams. Its code makes it pass for "no room": what was delivered will be delivered again. */
export class TooManyParked extends Error {
  readonly code = '53UKP';

  constructor(count: number) {
    super(`${count} streams could not be applied: the fault is not in the streams. Nothing more is applied.`);
    this.name = 'TooManyParked';
  }
}

/** Hands events to the subscriber, all at once. */
export async function applyTogether(
  subscriber: Subscriber,
  events: readonly HeardEvent[],
  context: ApplyContext,
): Promise<void> {
  const heard = events.filter(({ type }) => type !== 'Internal');
  if (heard.length === 0) return;
  const read = subscriber.read === undefined ? heard : heard.map((event) => subscriber.read!(event));
  if (subscriber.kind === 'projection') return subscriber.apply(read, context);
  for (const event of read) await subscriber.react(event, reactionCommandId(subscriber.name, event));
}

/**
 * Hands events over one at a time, and parks the stream of each that fails.
 * @throws TooManyParked; and what may pass, which parks nothing
 */
export async function applyOneByOne(
  subscriber: Subscriber,
  events: readonly HeardEvent[],
  context: ApplyContext,
  place: ParkingPlace,
): Promise<void> {
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
}

/** No connection, a deadlock, a lane that is too full or cannot reach its database: the event is not at fault. */
export function mayPass(thrown: unknown): boolean {
  return isTransient(thrown) || (thrown as { slug?: unknown } | null)?.slug === 'unavailable';
}
