import { Inject, Injectable } from '@nestjs/common';
import type { Call } from '#contracts/access/call.js';
import { newId } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import { Desk } from '../desk/desk.js';
import { offerStream } from '../desk/streams.js';
import { AlternativesClient, type Alternative } from './alternatives-client.js';
import { offer } from './offer.decider.js';

/** As many as an offer names, and somebody at the telephone can read out. */
const MOST = 50;

/** What a refused wish asked for, whatever else stood in it. */
interface Asked {
  readonly sessionId: string;
  readonly seats: number;
  readonly personId?: string;
  /** Whose seat a move gives up: no clash, and no offer. */
  readonly leavingSessionId?: string;
  readonly callId?: string;
}

/** 他会場のご案内: whoever is refused because a session is full is told where else there is room (R013). */
@Injectable()
export class Guidance {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(AlternativesClient) private readonly client: AlternativesClient,
  ) {}

  /**
   * @returns what `attempt` gives
   * @throws its Refusal; `session-full` with `alternatives` and `offerId`, or with `alternativesUnavailable`
   */
  async guiding<Result>(call: Call, asked: Asked, attempt: Promise<Result>): Promise<Result> {
    try {
      return await attempt;
    } catch (thrown) {
      if (!(thrown instanceof Refusal) || thrown.slug !== 'session-full') throw thrown;
      // Field by field: capacity refuses what it does not know, and callers bring more than their type names
      const { sessionId, seats, personId, leavingSessionId } = asked;
      const where = {
        ...{ sessionId, seats },
        ...(personId !== undefined && { personId }),
        ...(leavingSessionId !== undefined && { leavingSessionId }),
      };
      const found = await this.client.find(where, call.callerToken);
      const details = found === undefined ? UNAVAILABLE : await this.offered(call, asked, found.slice(0, MOST));
      throw new Refusal(thrown.slug, thrown.kind, thrown.message, { ...thrown.details, ...details });
    }
  }

  private async offered(call: Call, { sessionId, seats, callId }: Asked, found: readonly Alternative[]) {
    const offerId = newId();
    const stream = offerStream(offerId);
    const data = {
      ...{ offerId, sessionId, seats },
      alternatives: found.map(({ sessionId, seatsLeft }) => ({ sessionId, seatsLeft })),
      ...(callId !== undefined && { callId }),
    };
    // A command of its own: the refused one is not stored, and the same key may be sent again
    await this.desk.submit(
      { ...call, commandId: newId(), body: null },
      {
        writes: [stream],
        decide: (states) => ({
          events: [[stream, offer.decide({ do: 'offer', offer: data }, states.of(stream))]],
          answer: { offerId },
        }),
      },
    );
    return { offerId, alternatives: found };
  }
}

const UNAVAILABLE = { alternatives: [], alternativesUnavailable: true };
