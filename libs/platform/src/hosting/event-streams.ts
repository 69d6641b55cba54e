import type { AnyCatalogue } from '#contracts/event-catalogue.js';
import type { Decider, DomainEvent } from '#kernel/decider.js';
import type { StreamRef, StreamType } from '../lane/lane-command.js';

/** What a decision writes: checked strictly against its contract before it goes into the log. */
export type WrittenEvents<Event extends DomainEvent> = (
  stream: StreamRef,
  events: readonly Event[],
) => { readonly stream: StreamRef; readonly events: readonly Event[] };

/** @param catalogue every event of the service, in every version */
export function writtenIn<Event extends DomainEvent>(catalogue: AnyCatalogue): WrittenEvents<Event> {
  return (stream, events) => {
    for (const event of events) catalogue.write(event.type, event.data);
    return { stream, events };
  };
}

/** How a kind of stream is folded: by its rule, from what the catalogue reads. */
export function streamTypesIn<Event extends DomainEvent>(catalogue: AnyCatalogue) {
  return <State>(
    category: string,
    decider: Pick<Decider<State, never, Event>, 'initialState' | 'evolve'>,
  ): StreamType<State, Event> => ({
    category,
    initialState: decider.initialState,
    evolve: decider.evolve,
    read: ({ type, schemaVersion, data }) => catalogue.read(type, schemaVersion, data) as unknown as Event,
    schemaVersion: (type) => catalogue.latest(type),
  });
}
