import { Chance } from './chance.js';

/** A call that reaches the desk. */
export interface Arrival {
  /** Open day of the reception (開設○日目), from 1. */
  readonly day: number;
  /** After the telephones open, seconds. */
  readonly second: number;
  /** Until somebody answers, or until the caller has had enough. */
  readonly waitSeconds: number;
  readonly abandoned: boolean;
  /** Hold included. */
  readonly talkSeconds: number;
  /** Which operator answers it, from 0. */
  readonly seat: number;
}

/** Table 2 of the specification: of 640 calls in a reception, 450 on its busiest day. */
const ON_DAY_ONE = 0.7;
/** R030: of the calls of a day, in its first hour. */
const IN_FIRST_HOUR = 0.3;
export const OPEN_DAYS = 10;
const OPEN_SECONDS = 7 * 3_600;
/** §4.1: about three minutes at the telephone, and up to a minute after it. */
const TALK_SECONDS = 180;
/** 後処理, at the most. */
export const AFTER_CALL_SECONDS = 60;
/** How long people wait for an answer, on average, before they hang up. */
const PATIENCE_SECONDS = 240;

/** @returns in the order in which they arrive */
export function arrivals(calls: number, seats: number, chance: Chance): Arrival[] {
  const first = Math.round(calls * ON_DAY_ONE);
  const days = Array.from({ length: calls }, (_, nth) => (nth < first ? 1 : chance.whole(2, OPEN_DAYS)));
  return Array.from({ length: OPEN_DAYS }, (_, nth) => nth + 1).flatMap((day) =>
    answered(day, secondsOf(days.filter((one) => one === day).length, chance), seats, chance),
  );
}

function secondsOf(calls: number, chance: Chance): number[] {
  const early = Math.round(calls * IN_FIRST_HOUR);
  const seconds = Array.from({ length: calls }, (_, nth) =>
    nth < early ? chance.whole(0, 3_599) : chance.whole(3_600, OPEN_SECONDS - 1),
  );
  return seconds.toSorted((a, b) => a - b);
}

/** Who is answered when, by as many operators as there are seats: first come, first served, unless patience ends. */
function answered(day: number, seconds: readonly number[], seats: number, chance: Chance): Arrival[] {
  const freeAt = Array.from({ length: seats }, () => 0);
  return seconds.map((second) => {
    const free = Math.min(...freeAt);
    const waits = Math.max(0, free - second);
    const patience = chance.until(PATIENCE_SECONDS);
    const talkSeconds = Math.round(60 + chance.until(TALK_SECONDS - 60));
    const abandoned = waits > patience;
    const seat = freeAt.indexOf(free);
    if (!abandoned) freeAt[seat] = second + waits + talkSeconds + AFTER_CALL_SECONDS;
    return { day, second, waitSeconds: Math.round(abandoned ? patience : waits), abandoned, talkSeconds, seat };
  });
}
