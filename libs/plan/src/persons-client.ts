import { resolveAnswer, type PersonVersion, type ResolvedApplicant } from '#contracts/reservations/resolve.http.js';
import { Refusal } from '#kernel/refusal.js';
import { CALLER_HEADER } from '#platform/service/caller.js';
import { CORRELATION_HEADER, currentCorrelationId } from '#platform/service/correlation.js';

/** Persons a question; reservations takes no more. */
const AT_ONCE = 500;
const WITHIN_MS = 30_000;

/** The name of one version among many records. */
export function recordKey({ personId, version }: PersonVersion): string {
  return `${personId}.${version}`;
}

/**
 * Asks reservations who somebody is: at the moment a document is written, in the name of whoever has it written, with a
 * purpose. Reservations writes its access log before it answers. (design §6)
 */
export class PersonsClient {
  constructor(private readonly reservationsUrl: string) {}

  /**
   * @param callerToken the gateway's word for the caller (`Call.callerToken`)
   * @param purpose a code, `notice-print`
   * @returns records by `recordKey`; who was erased is not among them
   * @throws Refusal `unavailable` when reservations does not answer; `forbidden` when it does not tell this caller
   */
  async resolve(
    persons: readonly PersonVersion[],
    purpose: string,
    callerToken: string | undefined,
  ): Promise<Map<string, ResolvedApplicant>> {
    const records = new Map<string, ResolvedApplicant>();
    for (let from = 0; from < persons.length; from += AT_ONCE) {
      const asked = persons.slice(from, from + AT_ONCE);
      for (const { applicant, ...one } of await this.ask(asked, purpose, callerToken)) {
        records.set(recordKey(one), applicant);
      }
    }
    return records;
  }

  private async ask(persons: readonly PersonVersion[], purpose: string, callerToken: string | undefined) {
    const response = await fetch(`${this.reservationsUrl}/internal/persons/resolve`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        [CORRELATION_HEADER]: currentCorrelationId() ?? '',
        ...(callerToken !== undefined && { [CALLER_HEADER]: callerToken }),
      },
      body: JSON.stringify({ persons, purpose }),
      signal: AbortSignal.timeout(WITHIN_MS),
    }).catch(() => undefined);
    if (response?.status === 403) {
      throw new Refusal('forbidden', 'forbidden', 'Names are told to trained and designated handlers only.');
    }
    if (!response?.ok)
      throw new Refusal('unavailable', 'unavailable', 'Names cannot be looked up just now; try again.');
    return resolveAnswer.parse(await response.json()).persons;
  }
}
