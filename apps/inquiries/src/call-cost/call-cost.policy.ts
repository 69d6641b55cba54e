import type { CallAccount } from '#contracts/inquiries/call-account.js';
import { rateOn, type CallRate } from './call-rate.decider.js';

/** What a day's calls cost the desk, which pays for them (着信課金). */
export interface DayCost {
  readonly date: string;
  readonly calls: number;
  /** From the queue to the end of the talk; the carrier charges both. */
  readonly seconds: number;
  /** Begun units that are charged. */
  readonly units: number;
  readonly milliYen: number;
  /** Calls of which nobody knows how long they lasted: not charged here, to be looked up with the carrier. */
  readonly withoutDuration: number;
  /** Calls of a day for which no rate has been agreed. */
  readonly withoutRate: number;
}

/** @param rates in order of the days from which they hold @param calls of telephone, with the day in Tokyo they came in */
export function costOf(
  calls: readonly { readonly date: string; readonly account: CallAccount }[],
  rates: readonly CallRate[],
): DayCost[] {
  const days = new Map<string, DayCost>();
  for (const { date, account } of calls) {
    if (account.channel !== 'telephone' || account.struck) continue;
    const day = days.get(date) ?? { date, calls: 0, seconds: 0, units: 0, milliYen: 0, withoutDuration: 0, withoutRate: 0 }; // prettier-ignore
    const seconds = chargedSecondsOf(account);
    const rate = rateOn(rates, date);
    const units = seconds === undefined || rate === undefined ? 0 : Math.ceil(seconds / rate.unitSeconds);
    days.set(date, {
      ...{ date, calls: day.calls + 1, seconds: day.seconds + (seconds ?? 0), units: day.units + units },
      milliYen: day.milliYen + units * (rate?.milliYenPerUnit ?? 0),
      withoutDuration: day.withoutDuration + (seconds === undefined ? 1 : 0),
      withoutRate: day.withoutRate + (rate === undefined ? 1 : 0),
    });
  }
  return [...days.values()].toSorted((a, b) => (a.date < b.date ? -1 : 1));
}

/**
 * The queue takes the call, so waiting is charged as well; after-call work is not. Where only a screen saw the call, the wait
 * is not known and the time is what was talked.
 */
function chargedSecondsOf({ answer, abandonment, ending }: CallAccount): number | undefined {
  if (answer === undefined) return abandonment?.waitSeconds;
  if (ending?.talkSeconds === undefined) return undefined;
  return (answer.waitSeconds ?? 0) + ending.talkSeconds + (ending.holdSeconds ?? 0);
}
