import type { Call } from '#contracts/access/call.js';
import type { DomainEvent } from '#kernel/decider.js';
import type { Refusal } from '#kernel/refusal.js';
import { bodyHmac, type HashKey } from '../lane/command-id.js';
import type { Accepted, StreamRef, States } from '../lane/lane-command.js';
import type { Lanes } from '../lane/lanes.js';
import type { SideWrite } from '../log/side-table.js';
import type { WrittenEvents } from './event-streams.js';

/** What a command decides: events by stream, the rows that commit with them, the answer. */
export interface Outcome<Answer, Event extends DomainEvent> {
  readonly events: readonly (readonly [stream: StreamRef, events: readonly Event[]])[];
  readonly sides?: readonly SideWrite[];
  readonly answer: Answer;
}

export interface Asked<Answer, Event extends DomainEvent> {
  readonly writes: readonly StreamRef[];
  readonly checks?: readonly StreamRef[];
  /** Keys the hash of a body that holds personal data; without it the body holds none. (design §6) */
  readonly commandKey?: HashKey;
  /** Pure: called again when another process was faster. @param now epoch milliseconds */
  decide(states: States, now: number): Outcome<Answer, Event>;
}

/** The one way from a request to the log of a service. Each service has its own, with its events. */
export abstract class CommandDesk<Event extends DomainEvent> {
  protected constructor(
    private readonly lanes: Lanes,
    private readonly written: WrittenEvents<Event>,
    private readonly bodyKey: () => Uint8Array,
  ) {}

  /** @throws Refusal of the rule, `idempotency-key-reused`, `unavailable` */
  submit<Answer>({ caller, commandId, metadata, body }: Call, asked: Asked<Answer, Event>): Promise<Accepted<Answer>> {
    return this.lanes.submit<Answer>({
      ...{ commandId, account: caller.accountId, metadata },
      bodyHmac: bodyHmac(asked.commandKey ?? this.bodyKey(), body),
      writes: asked.writes,
      checks: asked.checks ?? [],
      decide: (states, now) => {
        const { events, sides = [], answer } = asked.decide(states, now);
        return { events: events.map(([stream, happened]) => this.written(stream, happened)), sides, answer };
      },
    });
  }

  /**
   * Answers a command that is refused before its rule could be asked: what was accepted under this key before is answered
   * again, and another body under it is still told.
   */
  refuse(call: Call, refusal: Refusal, asked: Omit<Asked<never, Event>, 'decide'>): Promise<Accepted<never>> {
    return this.submit<never>(call, {
      ...asked,
      decide: () => {
        throw refusal;
      },
    });
  }
}
