import type { Decider } from '#kernel/decider.js';
import type { DeskEvent } from '../desk/desk-events.js';

/** How many parts of files were taken in: who has seen another number has seen other calls, and looks again. */
export const importing: Decider<number, never, DeskEvent> = {
  initialState: 0,
  decide: () => [],
  evolve: (parts, event) => (event.type === 'QueueImported' ? parts + 1 : parts),
};
