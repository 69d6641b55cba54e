import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import type { Decider } from '#kernel/decider.js';

/** All that the log knows of a person: whether the key has been destroyed. */
export interface Person {
  readonly erased: boolean;
}

export interface ErasePersonCommand {
  readonly do: 'erase';
  readonly personId: string;
  readonly instructionNumber?: string;
}

export const person: Decider<Person, ErasePersonCommand, ReservationsEvent> = {
  initialState: { erased: false },
  decide: ({ personId, instructionNumber }, { erased }) =>
    erased
      ? []
      : [{ type: 'PersonErased', data: { personId, ...(instructionNumber !== undefined && { instructionNumber }) } }],
  evolve: (state, event) => (event.type === 'PersonErased' ? { erased: true } : state),
};
