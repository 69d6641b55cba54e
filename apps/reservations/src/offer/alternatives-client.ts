import { z } from 'zod';
import { CALLER_HEADER } from '#platform/service/caller.js';
import { currentCorrelationId, CORRELATION_HEADER } from '#platform/service/correlation.js';

/** Milliseconds that capacity has: the caller is on the line (design §2). */
const WITHIN = 100;
/** Milliseconds for which callers of the same full session are told the same. */
const FRESH = 250;

export interface AlternativesWish {
  readonly sessionId: string;
  readonly seats: number;
  readonly postalCode?: string;
  readonly wheelchair?: boolean;
  readonly personId?: string;
  /** Whose seat is given up for the new one. */
  readonly leavingSessionId?: string;
}

const answer = z.object({
  alternatives: z.array(z.looseObject({ sessionId: z.uuid(), seatsLeft: z.number().int().min(0) })),
});

export type Alternative = z.infer<typeof answer>['alternatives'][number];

/** Asks capacity where else there is room; the one question across services in a command. */
export class AlternativesClient {
  private readonly asked = new Map<string, Promise<readonly Alternative[] | undefined>>();

  constructor(private readonly capacityUrl: string) {}

  /** @returns undefined when capacity does not answer in time: the caller is refused all the same */
  async find(wish: AlternativesWish, callerToken: string | undefined): Promise<readonly Alternative[] | undefined> {
    const key = JSON.stringify(wish);
    const known = this.asked.get(key);
    if (known !== undefined) return known;
    const asking = this.ask(wish, callerToken);
    this.asked.set(key, asking);
    setTimeout(() => this.asked.delete(key), FRESH).unref();
    return asking;
  }

  private async ask({ sessionId, ...body }: AlternativesWish, callerToken: string | undefined) {
    try {
      const response = await fetch(`${this.capacityUrl}/capacity/sessions/${sessionId}/alternatives`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          [CORRELATION_HEADER]: currentCorrelationId() ?? '',
          ...(callerToken !== undefined && { [CALLER_HEADER]: callerToken }),
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(WITHIN),
      });
      return response.ok ? answer.parse(await response.json()).alternatives : undefined;
    } catch {
      return undefined;
    }
  }
}
