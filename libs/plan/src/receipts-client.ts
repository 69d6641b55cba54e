import { receiptsAnswer } from '#contracts/reservations/receipts.http.js';
import { Refusal } from '#kernel/refusal.js';
import { CALLER_HEADER } from '#platform/service/caller.js';
import { CORRELATION_HEADER, currentCorrelationId } from '#platform/service/correlation.js';

const AT_ONCE = 500;
const WITHIN_MS = 30_000;

/** Asks reservations for receipt numbers (受付番号), which stand on documents and in no event. */
export class ReceiptsClient {
  constructor(private readonly reservationsUrl: string) {}

  /** @returns by reservation id. @throws Refusal `unavailable` */
  async receiptsOf(
    reservationIds: readonly string[],
    callerToken: string | undefined,
  ): Promise<ReadonlyMap<string, string>> {
    const receipts = new Map<string, string>();
    for (let from = 0; from < reservationIds.length; from += AT_ONCE) {
      const response = await fetch(`${this.reservationsUrl}/internal/receipts`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          [CORRELATION_HEADER]: currentCorrelationId() ?? '',
          ...(callerToken !== undefined && { [CALLER_HEADER]: callerToken }),
        },
        body: JSON.stringify({ reservationIds: reservationIds.slice(from, from + AT_ONCE) }),
        signal: AbortSignal.timeout(WITHIN_MS),
      }).catch(() => undefined);
      if (!response?.ok) {
        throw new Refusal('unavailable', 'unavailable', 'Receipt numbers cannot be looked up just now; try again.');
      }
      for (const { reservationId, receiptNumber } of receiptsAnswer.parse(await response.json()).receipts) {
        receipts.set(reservationId, receiptNumber);
      }
    }
    return receipts;
  }
}
