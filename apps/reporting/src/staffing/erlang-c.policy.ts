/** What comes in one interval, and how long it keeps somebody. */
export interface Load {
  /** Calls that come in the interval. */
  readonly calls: number;
  /** Length of the interval, minutes. */
  readonly minutes: number;
  /** AHT: talk, hold and after-call work, seconds. */
  readonly aht: number;
}

/** What callers meet with so many seats. */
export interface Service {
  readonly seats: number;
  /** サービスレベル: the share answered within the time asked for, 0 to 1. */
  readonly serviceLevel: number;
  /** 稼働率, 0 to 1. */
  readonly occupancy: number;
  /** The share of callers that wait at all, 0 to 1. */
  readonly waiting: number;
  /** ASA: mean wait of all callers, seconds. */
  readonly meanWait: number;
}

/** Seats beyond this are a typing error in a what-if, not a call centre of a city. */
export const MOST_SEATS = 500;

/** Traffic in erlangs: how many are busy at once on the average. */
export function trafficOf({ calls, minutes, aht }: Load): number {
  return (calls * aht) / (minutes * 60);
}

/**
 * Erlang C: callers come at random, wait for ever, and are answered in the order in which they came. It overstates waits when callers
 * give up. (requirements §5.3)
 * @param within seconds in which a call is to be answered
 * @returns with seats that the traffic outgrows: nobody is answered in time, the wait has no end
 */
export function serviceWith(load: Load, seats: number, within: number): Service {
  const traffic = trafficOf(load);
  if (traffic === 0) return { seats, serviceLevel: 1, occupancy: 0, waiting: 0, meanWait: 0 };
  if (seats <= traffic) return { seats, serviceLevel: 0, occupancy: 1, waiting: 1, meanWait: Number.POSITIVE_INFINITY };
  // Erlang B by its recurrence: no factorials, so no overflow with many seats
  let blocked = 1;
  for (let n = 1; n <= seats; n++) blocked = (traffic * blocked) / (n + traffic * blocked);
  const waiting = (seats * blocked) / (seats - traffic * (1 - blocked));
  const spare = seats - traffic;
  return {
    seats,
    serviceLevel: 1 - waiting * Math.exp((-spare * within) / load.aht),
    occupancy: traffic / seats,
    waiting,
    meanWait: (waiting * load.aht) / spare,
  };
}

/**
 * オペレーター席数: the fewest seats with which `target` of the calls are answered within `within` seconds.
 * @param target 0 to 1, less than 1
 * @throws RangeError when not even 500 seats do
 */
export function seatsFor(load: Load, target: number, within: number): Service {
  if (load.calls === 0) return serviceWith(load, 0, within);
  for (let seats = Math.floor(trafficOf(load)) + 1; seats <= MOST_SEATS; seats++) {
    const service = serviceWith(load, seats, within);
    if (service.serviceLevel >= target) return service;
  }
  throw new RangeError(`Not even ${MOST_SEATS} seats answer ${target * 100} % of these calls in ${within} seconds.`);
}
