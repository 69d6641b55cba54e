import { Inject, Injectable } from '@nestjs/common';
import type { Refusal } from '#kernel/refusal.js';
import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import type { Call } from '#contracts/access/call.js';
import { bodyHmac } from '#platform/lane/command-id.js';
import type { Accepted, StreamRef, States } from '#platform/lane/lane-command.js';
import { Lanes } from '#platform/lane/lanes.js';
import type { SideWrite } from '#platform/log/side-table.js';
import { KeyDirectory } from '#vault/key-directory.js';
import { written } from './streams.js';

/** What a command decides: events by stream, the rows that commit with them, the answer. */
export interface Outcome<Answer> {
  readonly events: readonly (readonly [stream: StreamRef, events: readonly ReservationsEvent[]])[];
  readonly sides?: readonly SideWrite[];
  readonly answer: Answer;
}

export interface Asked<Answer> {
  readonly writes: readonly StreamRef[];
  readonly checks?: readonly StreamRef[];
  /** Keys the hash of a body that holds personal data; without it the body holds none. (design §6) */
  readonly commandKey?: Uint8Array;
  /** Pure: called again when another process was faster. @param now epoch milliseconds */
  decide(states: States, now: number): Outcome<Answer>;
}

/** The one way from a request to the log of this service. */
@Injectable()
export class Desk {
  constructor(
    @Inject(Lanes) private readonly lanes: Lanes,
    @Inject(KeyDirectory) private readonly keys: KeyDirectory,
  ) {}

  /** @throws Refusal of the rule, `idempotency-key-reused`, `unavailable` */
  submit<Answer>({ caller, commandId, metadata, body }: Call, asked: Asked<Answer>): Promise<Accepted<Answer>> {
    return this.lanes.submit<Answer>({
      ...{ commandId, account: caller.accountId, metadata },
      bodyHmac: bodyHmac(asked.commandKey ?? this.keys.keyOf('command-body'), body),
      writes: asked.writes,
      checks: asked.checks ?? [],
      decide: (states, now) => {
        const { events, sides = [], answer } = asked.decide(states, now);
        return { events: events.map(([stream, happened]) => written(stream, happened)), sides, answer };
      },
    });
  }

  /**
   * Answers a command that is refused before its rule could be asked: what was accepted under this key before is answered
   * again, and another body under it is still told.
   */
  refuse(call: Call, refusal: Refusal, asked: Omit<Asked<never>, 'decide'>): Promise<Accepted<never>> {
    return this.submit<never>(call, {
      ...asked,
      decide: () => {
        throw refusal;
      },
    });
  }
}
