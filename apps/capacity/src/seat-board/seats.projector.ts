import type pg from 'pg';
import { asReservationsEvent } from '#plan/plan.projector.js';
import type { HeardEvent, Statement } from '#platform/subscription/subscriber.js';
import type { SeatHeld } from '#contracts/reservations/hold.events.js';
import { holdNamedBy, isSeatEvent, seatsAfter, sessionOf, type Seats } from './seats.policy.js';
import { loadHolds, loadSeats, saveHolds, saveSeats } from './seats.row.js';

/**
 * Folds a batch in memory.
 * @param each called after every event, in order
 * @returns what writes each session, once
 */
export async function foldSeats(
  client: pg.ClientBase,
  schema: string,
  batch: readonly HeardEvent[],
  each?: (sessionId: string, at: number, seats: Seats) => void,
): Promise<readonly Statement[]> {
  const sessionIds = new Set<string>();
  const holdIds = new Set<string>();
  for (const heard of batch) {
    const event = asReservationsEvent(heard);
    if (!isSeatEvent(event)) continue;
    sessionIds.add(sessionOf(event));
    const holdId = holdNamedBy(event);
    if (holdId !== undefined) holdIds.add(holdId);
  }
  if (sessionIds.size === 0) return [];
  // What a batch holds itself need not be asked for
  for (const { type, data } of batch) if (type === 'SeatHeld') holdIds.delete((data as SeatHeld['data']).holdId);
  const [seats, known] = await Promise.all([
    loadSeats(client, schema, sessionIds),
    loadHolds(client, schema, [...holdIds]),
  ]);
  const holds = new Map(known);
  for (const heard of batch) {
    const event = asReservationsEvent(heard);
    if (!isSeatEvent(event)) continue;
    const sessionId = sessionOf(event);
    const placed = seats.get(sessionId);
    const after = seatsAfter(placed?.seats, event, heard.at, holds);
    if (placed === undefined) seats.set(sessionId, { p: heard.p, seq: heard.seq, seats: after });
    else {
      placed.seats = after;
      placed.seq = heard.seq;
    }
    each?.(sessionId, heard.at, after);
  }
  return [saveSeats(schema, seats), ...saveHolds(schema, known, holds)];
}
