import type { PlannedCall } from './callers.js';
import type { Check } from './check.js';
import type { PlayedDesk } from './day.js';
import type { Evidence } from './evidence.js';

/** `summary.json` (design §7). */
export interface Summary {
  readonly schemaVersion: 1;
  readonly seed: number;
  /** Left out for a desk that is not our own. */
  readonly transport?: 'embedded' | 'kafka';
  readonly calls: { readonly offered: number; readonly answered: number; readonly abandoned: number };
  readonly reservations: {
    readonly made: number;
    readonly moved: number;
    readonly cancelled: number;
    readonly active: number;
  };
  /** By slug. */
  readonly refusals: Readonly<Record<string, number>>;
  readonly offers: { readonly made: number; readonly taken: number; readonly declined: number };
  readonly notices: { readonly due: number; readonly printed: number };
  readonly checks: readonly Check[];
  readonly ok: boolean;
  readonly seconds: number;
}

export function summaryOf(
  { seed, transport, seconds }: Pick<Summary, 'seed' | 'seconds'> & Pick<PlayedDesk, 'transport'>,
  calls: readonly PlannedCall[],
  { ledger }: Evidence,
  checks: readonly Check[],
  notices: Summary['notices'] = { due: 0, printed: 0 },
): Summary {
  const abandoned = calls.filter((call) => call.abandoned).length;
  const active = ledger.active().length;
  return {
    schemaVersion: 1,
    ...{ seed, ...(transport && { transport }) },
    calls: { offered: calls.length, answered: calls.length - abandoned, abandoned },
    reservations: {
      ...{ made: ledger.bookings.length, moved: ledger.moves.done },
      ...{ cancelled: ledger.bookings.length - active, active },
    },
    refusals: Object.fromEntries([...ledger.refusals].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    offers: { ...ledger.offers },
    notices,
    checks,
    ok: checks.every(({ ok }) => ok),
    seconds,
  };
}
