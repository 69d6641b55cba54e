import type { Envelope } from '#kernel/envelope.js';
import type pg from 'pg';

/** An event with the service whose log it comes from. */
export interface HeardEvent extends Envelope {
  readonly source: string;
  readonly logId: string;
}

/** The transaction that also moves the position: what is written here is written exactly once. */
export interface ApplyContext {
  readonly client: pg.ClientBase;
  /** The PostgreSQL schema that holds the tables of the projection; a rebuild has one of its own. */
  readonly schema: string;
}

/** A statement as pg takes it. */
export type Statement = pg.QueryConfig;

interface Hearing {
  /** `seat-board`: names its position and, with Kafka, its group. */
  readonly name: string;
  /** The services it hears. */
  readonly sources: readonly string[];
  /** Turns an old version of an event into today's; what it throws parks the stream. */
  read?(event: HeardEvent): HeardEvent;
}

/** Rows that are a fold of the log and nothing else, so that they can be thrown away and built again. */
export interface Projection extends Hearing {
  readonly kind: 'projection';
  /** One more than before whenever the tables or what they hold change: the next start rebuilds. */
  readonly codeVersion: number;
  /** SQL that makes the tables in the schema; no keys across streams, since streams arrive in any order. */
  tables(schema: string): string;
  /** Milliseconds between two batches, where nobody waits for the rows: what is told meanwhile is folded together. */
  readonly rest?: number;
  /** `apply` only reads, and leaves all writing to what it answers with: it may be asked before the events are known to be new. */
  readonly readsFirst?: boolean;
  /**
   * Folds up to a few thousand events, several streams mixed, each stream in order. Must be a function of the events alone.
   * @returns what is still to be written, which then goes in one round trip with the position and the commit
   */
  apply(batch: readonly HeardEvent[], context: ApplyContext): Promise<readonly Statement[] | void>;
}

/** Which version of the code makes and feeds its tables; a reaction has none. */
export function codeVersionOf(subscriber: Subscriber): number {
  return subscriber.kind === 'projection' ? subscriber.codeVersion : 1;
}

/** What has to be done once for an event: a notice job, a call-back. Never rebuilt. */
export interface Reaction extends Hearing {
  readonly kind: 'reaction';
  /**
   * @param commandId made of log, subscription and place: a second delivery sends the same command again, and the lane
   * answers it from memory
   */
  react(event: HeardEvent, commandId: string): Promise<void>;
}

export type Subscriber = Projection | Reaction;

/** `seat-board` has its tables in the schema `seat_board`; a rebuild fills `seat_board_v2`. */
export function schemaOf(name: string): string {
  if (!/^[a-z][a-z0-9-]{0,40}$/.test(name) || /-v\d+$/.test(name))
    throw new Error(`"${name}" is no name for a subscription: a-z, 0-9 and - only, and no -v2 at its end.`);
  return name.replaceAll('-', '_');
}
