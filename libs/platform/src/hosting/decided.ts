import { fold, type Decider, type DomainEvent } from '#kernel/decider.js';

/** The events that follow, and the state after them. @throws Refusal */
export function decided<State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  command: Command,
  state: State,
): { readonly events: readonly Event[]; readonly after: State } {
  const events = decider.decide(command, state);
  return { events, after: fold(decider, events, state) };
}
