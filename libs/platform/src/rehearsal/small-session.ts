import { createHash } from 'node:crypto';
import type { Decider, DomainEvent } from '#kernel/decider.js';
import { newId } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import { partitionOf } from '../log/partition.js';
import { streamRef, type LaneCommand, type StreamRef, type StreamType } from '../lane/lane-command.js';

/** A class session cut down to what the platform's specs and benches need: seats, who has one, and whether it is open. */
export type SmallEvent =
  | DomainEvent<'Opened', { capacity: number }>
  | DomainEvent<'Closed', object>
  | DomainEvent<'Reserved', { person: string; filler?: string }>
  | DomainEvent<'Cancelled', { person: string }>;

export interface SmallState {
  readonly capacity: number;
  readonly open: boolean;
  readonly persons: readonly string[];
}

export type SmallCommand =
  | { do: 'open'; capacity: number }
  | { do: 'close' }
  | { do: 'reserve'; person: string; filler?: string }
  | { do: 'cancel'; person: string };

export const smallSession: Decider<SmallState, SmallCommand, SmallEvent> = {
  initialState: { capacity: 0, open: false, persons: [] },
  decide(command, state) {
    switch (command.do) {
      case 'open':
        return [{ type: 'Opened', data: { capacity: command.capacity } }];
      case 'close':
        return [{ type: 'Closed', data: {} }];
      case 'reserve': {
        if (!state.open) throw new Refusal('session-not-open', 'conflict', 'The session is closed.');
        if (state.persons.includes(command.person)) throw new Refusal('already-reserved', 'conflict', 'Twice.');
        if (state.persons.length >= state.capacity) throw new Refusal('session-full', 'conflict', 'No seat is left.');
        const { do: _, ...data } = command;
        return [{ type: 'Reserved', data }];
      }
      case 'cancel':
        if (!state.persons.includes(command.person)) throw new Refusal('not-found', 'not-found', 'No such seat.');
        return [{ type: 'Cancelled', data: { person: command.person } }];
    }
  },
  evolve(state, event) {
    switch (event.type) {
      case 'Opened':
        return { ...state, capacity: event.data.capacity, open: true };
      case 'Closed':
        return { ...state, open: false };
      case 'Reserved':
        return { ...state, persons: [...state.persons, event.data.person] };
      case 'Cancelled':
        return { ...state, persons: state.persons.filter((person) => person !== event.data.person) };
    }
  },
};

export const smallSessionType: StreamType<SmallState, SmallEvent> = {
  category: 'small-session',
  initialState: smallSession.initialState,
  evolve: smallSession.evolve,
  read: ({ type, data }) => ({ type, data }) as SmallEvent,
  schemaVersion: () => 1,
};

/** The stream of a session by its short name. */
export function session(name: string): StreamRef<SmallState> {
  return streamRef(smallSessionType, name);
}

/** What tests may want to be different about a command. */
export type CommandOptions = Partial<Pick<LaneCommand, 'commandId' | 'account' | 'bodyHmac' | 'checks' | 'metadata'>>;

/** A command on one session, answered with the names of its events. */
export function on(name: string, command: SmallCommand, options: CommandOptions = {}): LaneCommand<string[]> {
  const ref = session(name);
  return {
    ...plain(JSON.stringify([name, command]), options),
    writes: [ref],
    decide: (states) => {
      for (const check of options.checks ?? []) {
        if (!(states.of(check) as SmallState).open) throw new Refusal('term-closed', 'conflict', 'The term is closed.');
      }
      const events = smallSession.decide(command, states.of(ref));
      return { events: [{ stream: ref, events }], answer: events.map(({ type }) => type) };
    },
  };
}

/** Gives a person a seat in `to` and takes the one in `from`: two streams, all or nothing. */
export function move(from: string, to: string, person: string, options: CommandOptions = {}): LaneCommand<string> {
  const [old, fresh] = [session(from), session(to)];
  return {
    ...plain(JSON.stringify([from, to, person]), options),
    writes: [old, fresh],
    decide: (states) => ({
      events: [
        { stream: fresh, events: smallSession.decide({ do: 'reserve', person }, states.of(fresh)) },
        { stream: old, events: smallSession.decide({ do: 'cancel', person }, states.of(old)) },
      ],
      answer: 'moved',
    }),
  };
}

function plain(body: string, options: CommandOptions) {
  const bodyHmac = createHash('sha256').update(body).digest();
  return { commandId: newId(), account: 'spec', bodyHmac, checks: [], metadata: {}, ...options };
}

/** A session name whose stream falls into partition `p` of eight; another `nth` gives another name. */
export function nameIn(p: number, nth = 0): string {
  for (let i = 0, found = 0; ; i++) {
    if (partitionOf(session(`s${i}`).name, 8) === p && found++ === nth) return `s${i}`;
  }
}
