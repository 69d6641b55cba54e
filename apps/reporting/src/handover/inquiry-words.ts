import { z } from 'zod';
import { Refusal } from '#kernel/refusal.js';
import { CALLER_HEADER } from '#platform/service/caller.js';
import { CORRELATION_HEADER, currentCorrelationId } from '#platform/service/correlation.js';

const WITHIN_MS = 10_000;
const AT_ONCE = 8;

const answer = z.object({ note: z.string().optional() });

/**
 * What was asked and answered, sealed in inquiries: asked for when the package is made, in the name of whoever has it made, and
 * kept nowhere. Inquiries writes its access log before it answers. (R041)
 */
export class InquiryWords {
  constructor(private readonly inquiriesUrl: string | undefined) {}

  /**
   * @returns by inquiry id; whose words were erased with the term is not among them
   * @throws Refusal `unavailable` when one of them cannot be had: a package is whole or is not made
   */
  async of(inquiryIds: readonly string[], callerToken: string | undefined): Promise<ReadonlyMap<string, string>> {
    const words = new Map<string, string>();
    for (let from = 0; from < inquiryIds.length; from += AT_ONCE) {
      const asked = inquiryIds.slice(from, from + AT_ONCE);
      const notes = await Promise.all(asked.map((inquiryId) => this.ask(inquiryId, callerToken)));
      notes.forEach((note, i) => note !== undefined && words.set(asked[i]!, note));
    }
    return words;
  }

  private async ask(inquiryId: string, callerToken: string | undefined): Promise<string | undefined> {
    const response = await fetch(`${this.inquiriesUrl}/inquiries/${inquiryId}/note`, {
      headers: {
        [CORRELATION_HEADER]: currentCorrelationId() ?? '',
        ...(callerToken !== undefined && { [CALLER_HEADER]: callerToken }),
      },
      signal: AbortSignal.timeout(WITHIN_MS),
    }).catch(() => undefined);
    if (!response?.ok) {
      throw new Refusal('unavailable', 'unavailable', '記録の内容を取り出せません。もう一度お試しください。');
    }
    return answer.parse(await response.json()).note;
  }
}
