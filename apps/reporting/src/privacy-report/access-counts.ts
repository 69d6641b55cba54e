import { z } from 'zod';
import { instantOf } from '#calendar/civil-time.js';
import { Refusal } from '#kernel/refusal.js';
import { CALLER_HEADER } from '#platform/service/caller.js';

/** Entries a question; reservations answers no more. */
const AT_ONCE = 500;
const WITHIN_MS = 30_000;

const answer = z.object({
  entries: z.array(z.object({ n: z.number(), at: z.string(), purpose: z.string(), action: z.string() })),
  next: z.number().optional(),
});

/** Counts the access log of reservations, in the name of whoever asks: codes only, nobody's id leaves it. (R047) */
export class AccessCounts {
  constructor(private readonly reservationsUrl: string) {}

  /**
   * @param from civil days, both included
   * @returns by action and purpose, most first
   * @throws Refusal `forbidden` for whom reservations does not show its log; `unavailable`
   */
  async between(from: string, to: string, callerToken: string | undefined) {
    const [begin, end] = [instantOf(from, '00:00'), instantOf(to, '23:59') + 60_000];
    const counts = new Map<string, number>();
    for (let after: number | undefined = 0; after !== undefined;) {
      const page: z.infer<typeof answer> = await this.page(after, callerToken);
      for (const { at, action, purpose } of page.entries) {
        const instant = Date.parse(at);
        if (instant < begin || instant >= end) continue;
        const key = `${action}／${purpose}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      const last = page.entries.at(-1);
      after = last !== undefined && Date.parse(last.at) >= end ? undefined : page.next;
    }
    return [...counts]
      .map(([purpose, count]) => ({ purpose, count }))
      .toSorted((a, b) => b.count - a.count || (a.purpose < b.purpose ? -1 : 1));
  }

  private async page(after: number, callerToken: string | undefined) {
    const response = await fetch(`${this.reservationsUrl}/access-log?limit=${AT_ONCE}&after=${after}`, {
      headers: callerToken === undefined ? {} : { [CALLER_HEADER]: callerToken },
      signal: AbortSignal.timeout(WITHIN_MS),
    }).catch(() => undefined);
    if (response?.status === 403) throw new Refusal('forbidden', 'forbidden', 'The access log is not shown to you.');
    if (!response?.ok) throw new Refusal('unavailable', 'unavailable', 'The access log cannot be read just now.');
    return answer.parse(await response.json());
  }
}
