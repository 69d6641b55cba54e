import type pg from 'pg';
import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import { reservationsEvents } from '#contracts/reservations/reservations.events.js';
import type { HeardEvent } from '#platform/subscription/subscriber.js';
import { holdNamedBy, seatsAfter, sessionOf, type SeatEvent } from './seats.policy.js';
import { loadHolds, loadSeats, saveHolds, saveSeats, type PlacedSeats } from './seats.row.js';

/** A seat event with its place in the log. */
export interface PlacedSeatEvent {
  readonly p: number;
  readonly seq: number;
  readonly at: number;
  readonly event: SeatEvent;
}

/** An event of the log in today's version; what it throws parks the stream. */
export function readReservationsEvent(heard: HeardEvent): HeardEvent {
  const { type, schemaVersion, data } = heard;
  const read = reservationsEvents.read(type, schemaVersion, data);
  return read.data === data ? heard : { ...heard, data: read.data };
}

/** What `readReservationsEvent` has read. */
export function asReservationsEvent({ type, data }: HeardEvent): ReservationsEvent {
  return { type, data } as ReservationsEvent;
}

/**
 * Folds a batch in memory and writes each session once.
 * @param each called after every event, in order
 */
export async function foldSeats(
  client: pg.ClientBase,
  schema: string,
  events: readonly PlacedSeatEvent[],
  each: (sessionId: string, at: number, seats: PlacedSeats) => void = () => undefined,
): Promise<void> {
  if (events.length === 0) return;
  const sessionIds = new Set(events.map(({ event }) => sessionOf(event)));
  const holdIds = new Set(events.map(({ event }) => holdNamedBy(event)).filter((id) => id !== undefined));
  // What a batch holds itself need not be asked for
  for (const { event } of events) if (event.type === 'SeatHeld') holdIds.delete(event.data.holdId);
  const [seats, known] = await Promise.all([
    loadSeats(client, schema, sessionIds),
    loadHolds(client, schema, [...holdIds]),
  ]);
  const holds = new Map(known);
  for (const { p, seq, at, event } of events) {
    const sessionId = sessionOf(event);
    const after = { ...seatsAfter(seats.get(sessionId), event, at, holds), p, seq };
    seats.set(sessionId, after);
    each(sessionId, at, after);
  }
  await Promise.all([saveSeats(client, schema, seats), saveHolds(client, schema, known, holds)]);
}
