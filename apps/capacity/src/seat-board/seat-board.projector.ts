import type { HeardEvent, Projection } from '#platform/subscription/subscriber.js';
import { factTables } from './facts.row.js';
import { foldFacts } from './facts.projector.js';
import { isSeatEvent } from './seats.policy.js';
import { asReservationsEvent, foldSeats, readReservationsEvent, type PlacedSeatEvent } from './seats.projector.js';
import { seatTables } from './seats.row.js';

export const SEAT_BOARD = 'seat-board';

/**
 * The seats of every session as they are now. They are counted from the session's own stream, which
 * arrives in order, so the board is the same in whatever order the halves of a move arrive.
 */
export const seatBoard: Projection = {
  kind: 'projection',
  name: SEAT_BOARD,
  sources: ['reservations'],
  codeVersion: 1,
  tables: (schema) => `
    ${factTables(schema)};
    ${seatTables(schema)}`,
  read: readReservationsEvent,
  apply: async (batch, { client, schema }) => {
    await foldFacts(client, schema, batch);
    await foldSeats(client, schema, seatEventsIn(batch));
  },
};

export function seatEventsIn(batch: readonly HeardEvent[]): PlacedSeatEvent[] {
  const events: PlacedSeatEvent[] = [];
  for (const heard of batch) {
    const event = asReservationsEvent(heard);
    if (isSeatEvent(event)) events.push({ p: heard.p, seq: heard.seq, at: heard.at, event });
  }
  return events;
}
