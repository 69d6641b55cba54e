import type { HeardEvent } from './subscriber.js';
import type { SubscriptionPosition } from './positions.js';

/** What a position makes of the events that arrive for it. */
export interface Admission {
  /** The events that come next, without a hole. */
  readonly fresh: HeardEvent[];
  /** Some numbers between `next` and what arrived are missing. */
  readonly hole: boolean;
  /** Why these events cannot belong to the log that was read so far. */
  readonly anotherLog?: string;
}

/**
 * Tells duplicates (smaller numbers, dropped), holes (nothing behind them is applied) and another log apart. A smaller
 * number alone does not make a duplicate: the event just before `next` must be the very one that was applied
 * (design §3: a store restored from a backup gives numbers again).
 */
export function admit(position: SubscriptionPosition, arrived: readonly HeardEvent[]): Admission {
  const fresh: HeardEvent[] = [];
  let next = position.next;
  let hole = false;
  let logId = position.logId;
  for (const event of arrived) {
    if (logId !== null && event.logId !== logId) {
      return { fresh: [], hole: false, anotherLog: `The log is ${event.logId}, but ${logId} was read so far.` };
    }
    logId = event.logId;
    if (event.seq === position.next - 1 && event.eventId !== position.lastEventId) {
      return {
        fresh: [],
        hole: false,
        anotherLog: `Number ${event.seq} of partition ${event.p} is another event than the one that was applied.`,
      };
    }
    if (event.seq < next) continue;
    if (event.seq > next) hole = true;
    else {
      fresh.push(event);
      next++;
      hole = false;
    }
  }
  return { fresh, hole };
}
