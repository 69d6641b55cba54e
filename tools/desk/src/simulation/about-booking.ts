import type { Booking, Ledger } from './ledger.js';
import type { Operator } from './operator.js';

/** Finds a booking by its number, and hears enough of the caller to speak about it (§8.10). */
export async function verified(
  { reservationId, receiptNumber, applicant }: Booking,
  proxy: { readonly name: string } | undefined,
  operator: Operator,
  ledger: Ledger,
): Promise<boolean> {
  const wish = { receiptNumber, purpose: 'change' };
  const found = await operator.ask<{ reservations: { reservationId: string }[] }>('POST', '/reservations/search', wish);
  if (!found.body.reservations?.some((one) => one.reservationId === reservationId)) {
    ledger.surprised('a receipt number found no booking');
    return false;
  }
  const spoken = { givenNameKana: applicant.givenNameKana, receiptNumber, ...(proxy && { proxyName: proxy.name }) };
  const requester = proxy === undefined ? 'person' : 'proxy';
  const path = `/reservations/${reservationId}/tell`;
  if ((await operator.ask('POST', path, { requester, spoken })).status === 200) return true;
  ledger.surprised('a caller who knew enough was told nothing');
  return false;
}

/** What the operator says of a call that was to make a booking. */
export function applied(outcome: 'booked' | 'answered' | 'nothingSuited' | 'cutOff') {
  return { purpose: 'application', outcome, category: 'application' } as const;
}

/** … of one about a booking that stands. */
export function changed(
  purpose: 'change' | 'cancellation',
  outcome: 'changed' | 'cancelled' | 'nothingSuited' | 'answered',
) {
  // prettier-ignore
  return { purpose, outcome, category: 'booking' } as const;
}
