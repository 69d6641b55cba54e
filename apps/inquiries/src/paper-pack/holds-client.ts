import { Refusal } from '#kernel/refusal.js';
import { CALLER_HEADER } from '#platform/service/caller.js';
import { CORRELATION_HEADER, currentCorrelationId } from '#platform/service/correlation.js';

const WITHIN_MS = 5_000;

/** Asks reservations for seats, in the name of the supervisor who prints the paper. (§8.17) */
export class HoldsClient {
  constructor(private readonly reservationsUrl: string) {}

  /**
   * One seat, held until an instant.
   * @param key the same key holds the same seat
   * @returns undefined when the session has none left, or takes no bookings
   * @throws Refusal `unavailable`, `forbidden`
   */
  async hold(
    { sessionId, until, key }: { readonly sessionId: string; readonly until: string; readonly key: string },
    callerToken: string | undefined,
  ): Promise<string | undefined> {
    const response = await this.ask('POST', '/holds', callerToken, key, { sessionId, seats: 1, until });
    if (response.status === 409 || response.status === 404) return undefined;
    if (response.status !== 201) throw unavailable();
    return ((await response.json()) as { holdId: string }).holdId;
  }

  /** Lets go of a seat; one that is over already is let go of without a word. @throws Refusal `unavailable`, `forbidden` */
  async release(holdId: string, key: string, callerToken: string | undefined): Promise<void> {
    const response = await this.ask('DELETE', `/holds/${holdId}`, callerToken, key);
    if (!response.ok && response.status !== 404) throw unavailable();
  }

  private async ask(method: string, path: string, callerToken: string | undefined, key: string, body?: object) {
    const response = await fetch(this.reservationsUrl + path, {
      method,
      headers: {
        'idempotency-key': key,
        [CORRELATION_HEADER]: currentCorrelationId() ?? '',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(callerToken !== undefined && { [CALLER_HEADER]: callerToken }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(WITHIN_MS),
    }).catch(() => undefined);
    if (response === undefined) throw unavailable();
    if (response.status === 403 || response.status === 401) {
      throw new Refusal('forbidden', 'forbidden', 'Seats for paper are held by a supervisor.');
    }
    return response;
  }
}

function unavailable(): Refusal {
  return new Refusal('unavailable', 'unavailable', 'Seats cannot be held or let go of just now; send the same again.');
}

/** Some at a time, in their order. @throws what the first that fails throws */
export async function someAtATime<One, Result>(
  all: readonly One[],
  atOnce: number,
  does: (one: One) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < all.length; from += atOnce) {
    results.push(...(await Promise.all(all.slice(from, from + atOnce).map(does))));
  }
  return results;
}
