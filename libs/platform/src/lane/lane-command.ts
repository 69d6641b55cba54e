import type { DomainEvent } from '#kernel/decider.js';
import type { Envelope, Metadata } from '#kernel/envelope.js';
import type { SideWrite } from '../log/side-table.js';

/** A kind of stream: how its events become the state that rules ask. */
export interface StreamType<State, Event extends DomainEvent = DomainEvent> {
  /** `class-session`; streams are named `<category>-<id>`. */
  readonly category: string;
  readonly initialState: State;
  evolve(state: State, event: Event): State;
  /** What the log holds as what `evolve` knows: the place of upcasters. */
  read(stored: Pick<Envelope, 'type' | 'schemaVersion' | 'data'>): Event;
  /** The version of the schema that an event of this type is written in today. */
  schemaVersion(type: string): number;
}

/** One stream of a kind. */
export interface StreamRef<State = unknown> {
  readonly type: StreamType<State>;
  readonly name: string;
}

export function streamRef<State, Event extends DomainEvent>(
  type: StreamType<State, Event>,
  id: string,
): StreamRef<State> {
  return { type: type as unknown as StreamType<State>, name: `${type.category}-${id}` };
}

/** The states that a command may ask: those of the streams it named. */
export interface States {
  of<State>(ref: StreamRef<State>): State;
}

/** What follows from an accepted command. */
export interface Decision<Answer> {
  readonly events: readonly { readonly stream: StreamRef; readonly events: readonly DomainEvent[] }[];
  /** Rows that commit with the events. */
  readonly sides?: readonly SideWrite[];
  /** Ids only: it is kept as long as the log, and is what a repetition of the command answers. */
  readonly answer: Answer;
}

export interface LaneCommand<Answer = unknown> {
  /** Made from account, method, route and the caller's key (design §3 "Commands"). */
  readonly commandId: string;
  readonly account: string;
  readonly bodyHmac: Uint8Array;
  readonly metadata: Metadata;
  /** Streams that events may be appended to. */
  readonly writes: readonly StreamRef[];
  /** Streams that only have to stay as they are until the command has committed. */
  readonly checks: readonly StreamRef[];
  /**
   * The rule, called once or again when another process was faster; so it must be pure.
   * @param now the instant its events will carry, epoch milliseconds
   * @throws Refusal; anything else is a defect and fails this command alone
   */
  decide(states: States, now: number): Decision<Answer>;
}

export interface Position {
  readonly p: number;
  readonly seq: number;
}

export interface Accepted<Answer = unknown> {
  readonly answer: Answer;
  /** What a reader has to have seen to see this: the last sequence of every partition written to. */
  readonly positions: readonly Position[];
  /** Whether the command had been accepted before. */
  readonly repeated: boolean;
}
