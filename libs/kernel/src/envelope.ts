import type { DomainEvent } from './decider.js';

/** What travels beside the fact: who caused it. Ids only. */
export interface Metadata {
  /** One id for everything that one request of a person set in motion. */
  readonly correlationId?: string;
  /** The event that this one reacts to. */
  readonly causationId?: string;
  /** W3C trace context of the command. */
  readonly traceparent?: string;
}

/** An event as the log keeps it. `(p, seq)` is its place: dense, counted from 1, in commit order (design §1.2). */
export interface Envelope<Event extends DomainEvent = DomainEvent> {
  readonly p: number;
  readonly seq: number;
  readonly stream: string;
  /** Place in the stream, counted from 1 without holes. */
  readonly version: number;
  readonly eventId: string;
  readonly type: Event['type'];
  readonly schemaVersion: number;
  /** Instant of the commit in epoch milliseconds; it never falls within a partition. */
  readonly at: number;
  readonly data: Event['data'];
  readonly metadata: Metadata;
}
