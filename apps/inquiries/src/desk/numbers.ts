import type { Rows } from '#platform/hosting/rows.js';

/** The next number of a paper, `照会票 第12号`. Drawn before the commit: what is refused leaves a hole. */
export async function nextNumber(
  rows: Rows,
  sequence: 'escalation_sheet_number' | 'complaint_number',
): Promise<number> {
  const row = await rows.first<{ n: string }>(`next-${sequence}`, 'select nextval($1::regclass)::text as n', [
    sequence,
  ]);
  return Number(row!.n);
}
