import { z } from 'zod';
import { Refusal } from '#kernel/refusal.js';
import { CALLER_HEADER } from '#platform/service/caller.js';

const WITHIN_MS = 30_000;

const answer = z.object({
  counts: z.array(z.object({ action: z.string(), purpose: z.string(), count: z.number() })),
});

/** Asks reservations how often personal data was looked at, by purpose: counts only, nobody's id. (R047) */
export class AccessCounts {
  constructor(private readonly reservationsUrl: string) {}

  /**
   * @param from civil days, both included
   * @returns most first. @throws Refusal `unavailable`
   */
  async between(from: string, to: string, callerToken: string | undefined) {
    const response = await fetch(`${this.reservationsUrl}/internal/access-counts`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(callerToken !== undefined && { [CALLER_HEADER]: callerToken }),
      },
      body: JSON.stringify({ from, to }),
      signal: AbortSignal.timeout(WITHIN_MS),
    }).catch(() => undefined);
    if (!response?.ok) throw new Refusal('unavailable', 'unavailable', 'The access log cannot be counted just now.');
    const { counts } = answer.parse(await response.json());
    return counts.map(({ action, purpose, count }) => ({ purpose: `${action}／${purpose}`, count }));
  }
}
