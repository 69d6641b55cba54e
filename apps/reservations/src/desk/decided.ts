import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import { fold, type Decider } from '#kernel/decider.js';

/** The events that follow, and the state after them. @throws Refusal */
export function decided<State, Command>(
  decider: Decider<State, Command, ReservationsEvent>,
  command: Command,
  state: State,
): { readonly events: readonly ReservationsEvent[]; readonly after: State } {
  const events = decider.decide(command, state);
  return { events, after: fold(decider, events, state) };
}
