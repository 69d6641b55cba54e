/** A fact: past-tense `type`, ids and numbers in `data`, never personal data (design §1.1). */
export interface DomainEvent<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  readonly data: Data;
}

/**
 * The rules of one kind of stream as pure functions: no clock, no database, no framework.
 *
 * `decide` answers with the events that follow from a command (none when nothing changes) or throws a `Refusal`;
 * whatever else it throws is a defect. Time comes in with the command. `evolve` never refuses: what has happened
 * has happened, and an event it does not know leaves the state as it is.
 */
export interface Decider<State, Command, Event extends DomainEvent> {
  readonly initialState: State;
  decide(command: Command, state: State): readonly Event[];
  evolve(state: State, event: Event): State;
}

/** The state after `events`, from the beginning or from `state`. */
export function fold<State, Event extends DomainEvent>(
  decider: Pick<Decider<State, never, Event>, 'initialState' | 'evolve'>,
  events: Iterable<Event>,
  state: State = decider.initialState,
): State {
  for (const event of events) state = decider.evolve(state, event);
  return state;
}
