import { isDeepStrictEqual } from 'node:util';
import type { CallRateAgreed } from '#contracts/inquiries/desk-day.events.js';
import type { Decider } from '#kernel/decider.js';
import type { DeskEvent } from '../desk/desk-events.js';

export type CallRate = CallRateAgreed['data'];

/** What calls cost from which day on; a later agreement for the same day takes the place of the earlier. (R032) */
export const callRates: Decider<readonly CallRate[], { readonly do: 'agree'; readonly rate: CallRate }, DeskEvent> = {
  initialState: [],
  decide: ({ rate }, rates) =>
    rates.some((known) => isDeepStrictEqual(known, rate)) ? [] : [{ type: 'CallRateAgreed', data: rate }],
  evolve: (rates, event) => {
    if (event.type !== 'CallRateAgreed') return rates;
    const others = rates.filter(({ validFrom }) => validFrom !== event.data.validFrom);
    return [...others, event.data].toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  },
};

/** The rate of a day: the last that was agreed for it or before it. @param rates in order */
export function rateOn(rates: readonly CallRate[], date: string): CallRate | undefined {
  return rates.findLast(({ validFrom }) => validFrom <= date);
}
