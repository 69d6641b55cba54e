import { z } from 'zod';
import { instantOf } from '#calendar/civil-time.js';
import { Refusal } from '#kernel/refusal.js';
import type { Rows } from '#platform/hosting/rows.js';
import { CALLER_HEADER } from '#platform/service/caller.js';
import { CORRELATION_HEADER, currentCorrelationId } from '#platform/service/correlation.js';
import { accessCounts, anchorBefore } from '#vault/access-figures.js';
import { accessText } from './access-words.js';

const WITHIN_MS = 30_000;

const countsAnswer = z.object({
  counts: z.array(z.object({ action: z.string(), purpose: z.string(), count: z.number() })),
});
const anchorAnswer = z.object({ n: z.number(), at: z.string().nullable(), hash: z.string() });

/** Where the chain of a service stood. */
export interface NamedAnchor {
  readonly service: string;
  /** Null when the service did not say. */
  readonly anchor: { readonly n: number; readonly at: string | null; readonly hash: string } | null;
}

/**
 * The access logs of those who hold or print names, and the own one: how often, and where their chains stood. Counts and hashes
 * only, nobody's id. (R047, §5.2)
 */
export class AccessLogs {
  /** @param others their addresses by name; the own log is read where it lies */
  constructor(
    private readonly others: Readonly<Record<string, string>>,
    private readonly rows: Rows,
  ) {}

  /**
   * @param from civil days, both included
   * @returns most first. @throws Refusal `unavailable` when one of them cannot be counted: a sum without it would be wrong
   */
  async between(from: string, to: string, callerToken: string | undefined) {
    const told = await Promise.all(
      Object.values(this.others).map(async (url) => {
        const answer = await this.ask(url, 'counts', countsAnswer, { from, to }, callerToken);
        if (answer !== undefined) return answer.counts;
        throw new Refusal('unavailable', 'unavailable', 'The access logs cannot be counted just now.');
      }),
    );
    const own = await accessCounts(this.rows, instantOf(from, '00:00'), instantOf(to, '23:59') + 60_000);
    const sums = new Map<string, number>();
    for (const { action, purpose, count } of [...told.flat(), ...own]) {
      const text = accessText(action, purpose);
      sums.set(text, (sums.get(text) ?? 0) + count);
    }
    return [...sums]
      .map(([purpose, count]) => ({ purpose, count }))
      .toSorted((a, b) => b.count - a.count || (a.purpose < b.purpose ? -1 : 1));
  }

  /** The last entry of each chain before an instant, epoch milliseconds. Whoever does not answer is named without one. */
  async anchorsBefore(before: number, callerToken: string | undefined): Promise<NamedAnchor[]> {
    const asked = { before: new Date(before).toISOString() };
    const told = await Promise.all(
      Object.entries(this.others).map(async ([service, url]) => {
        const anchor = await this.ask(url, 'anchor', anchorAnswer, asked, callerToken);
        return { service, anchor: anchor ?? null };
      }),
    );
    return [...told, { service: 'reporting', anchor: await anchorBefore(this.rows, before) }];
  }

  /** @returns undefined when it does not answer, or not what it was asked */
  private async ask<Answer>(
    url: string,
    what: string,
    shape: z.ZodType<Answer>,
    asked: object,
    callerToken: string | undefined,
  ): Promise<Answer | undefined> {
    const response = await fetch(`${url}/internal/access-log/${what}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        [CORRELATION_HEADER]: currentCorrelationId() ?? '',
        ...(callerToken !== undefined && { [CALLER_HEADER]: callerToken }),
      },
      body: JSON.stringify(asked),
      signal: AbortSignal.timeout(WITHIN_MS),
    }).catch(() => undefined);
    const body: unknown = response?.ok ? await response.json().catch(() => undefined) : undefined;
    return shape.safeParse(body).data;
  }
}
