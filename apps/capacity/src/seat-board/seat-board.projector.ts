import type { Projection } from '#platform/subscription/subscriber.js';
import { factTables } from './facts.row.js';
import { foldFacts } from './facts.projector.js';
import { readReservationsEvent } from '#plan/plan.projector.js';
import { foldSeats } from './seats.projector.js';
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
  readsFirst: true,
  apply: async (batch, { client, schema }) => {
    const [facts, seats] = await Promise.all([foldFacts(client, schema, batch), foldSeats(client, schema, batch)]);
    return [...facts.statements, ...seats];
  },
};
