import { businessDays } from '#calendar/business-days.js';
import { instantOf, plusDays } from '#calendar/civil-time.js';
import { AFTER_CALL_SECONDS, OPEN_DAYS } from './arrivals.js';
import type { PlannedCall } from './callers.js';
import { Chance } from './chance.js';

/** A call of the day on the clock and at a telephone. Times in whole seconds of UNIX time. */
export interface PlacedCall {
  readonly call: PlannedCall;
  readonly date: string;
  /** The unique id of the caller's channel. */
  readonly lineId: string;
  readonly enteredAt: number;
  /** When it was answered; of an abandoned one, when the caller hung up. */
  readonly pickedUpAt: number;
  /** Which telephone of the desk answers it: `SIP/101`. */
  readonly extension: string;
  /** Whether the telephone system tells the screen which line it is; else the two are joined by time and telephone. */
  readonly isTold: boolean;
  readonly holdSeconds: number;
  readonly afterCallSeconds: number;
  /** Handed on to the supervisor, whose telephone is in no queue. */
  readonly transferred: boolean;
}

const OPENS = '09:00';

/** The open days that calls are placed on: the last ones before today, since nobody calls in the future. */
export function openDaysBefore(today: string): string[] {
  return businessDays(plusDays(today, -30), plusDays(today, -1)).slice(-OPEN_DAYS);
}

/**
 * @param system the name of the telephone system of this run, in front of its unique ids (`systemname` of asterisk.conf): the
 *   same people may call a desk on two runs
 */
export function placeCalls(
  planned: readonly PlannedCall[],
  { today, system, seed }: { readonly today: string; readonly system: string; readonly seed: number },
): PlacedCall[] {
  const days = openDaysBefore(today);
  const chance = new Chance(seed * 1_000_033 + 7);
  return planned.map((call) => {
    const date = days[call.day - 1]!;
    const enteredAt = instantOf(date, OPENS) / 1_000 + call.second;
    return {
      ...{ call, date, enteredAt, pickedUpAt: enteredAt + call.waitSeconds },
      lineId: `${system}-${enteredAt}.${call.nth}`,
      extension: extensionOf(call.seat),
      isTold: chance.happens(0.8),
      holdSeconds: chance.happens(0.2) ? Math.min(chance.whole(5, 45), call.talkSeconds - 1) : 0,
      afterCallSeconds: chance.whole(15, AFTER_CALL_SECONDS),
      transferred: chance.happens(0.03),
    };
  });
}

export function extensionOf(seat: number): string {
  return `SIP/${101 + seat}`;
}

export function instant(seconds: number): string {
  return new Date(seconds * 1_000).toISOString();
}
