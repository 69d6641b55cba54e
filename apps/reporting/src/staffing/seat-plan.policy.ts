import { seatsFor, serviceWith, trafficOf } from './erlang-c.policy.js';
import type { Forecast } from './forecast.policy.js';

/** How well callers are to be served. 80/20 is the habit of the trade; the specification sets no target. (requirements §5.1) */
export interface ServiceTarget {
  /** Planning value of AHT, seconds: 300 until the desk has measured its own. (requirements §4.1) */
  readonly aht: number;
  /** 0 to 1. */
  readonly serviceLevel: number;
  /** Seconds within which a call counts as answered in time. */
  readonly within: number;
}

export const USUAL_TARGET: ServiceTarget = { aht: 300, serviceLevel: 0.8, within: 20 };

/** One half hour of a day. */
export interface SlotNeed {
  /** `09:30` */
  readonly slot: string;
  /** Expected calls, to a tenth. */
  readonly calls: number;
  /** オペレーター席数. */
  readonly seats: number;
  readonly serviceLevel: number;
  readonly occupancy: number;
  /** Seconds. */
  readonly meanWait: number;
  /** The most that so many seats can handle in the half hour, whoever waits how long. */
  readonly ceiling: number;
}

/** The formula as it is printed beside the numbers. (R027) */
export const FORMULA =
  'オペレーター席数＝アーランＣ式で、入電（件／30分）×平均処理時間（秒）÷1800＝呼量（アーラン）のとき、' +
  '目標秒数以内に応答する割合が目標以上となる最小の席数。呼は無作為に到着し、途中放棄しないと仮定（待ちは多めに出る）';

/** Seats by half hour: the calls of an hour come evenly in its two halves. (R027) */
export function seatNeeds({ calls, hourlySplit }: Forecast, target: ServiceTarget): SlotNeed[] {
  return [...hourlySplit.value].flatMap(([hour, share]) =>
    ['00', '30'].map((minute) => {
      const load = { calls: (calls * share) / 2, minutes: 30, aht: target.aht };
      const { seats, serviceLevel, occupancy, meanWait } = seatsFor(load, target.serviceLevel, target.within);
      return {
        slot: `${String(hour).padStart(2, '0')}:${minute}`,
        calls: Math.round(load.calls * 10) / 10,
        ...{ seats, serviceLevel, occupancy, meanWait },
        ceiling: Math.floor((seats * 1800) / target.aht),
      };
    }),
  );
}

/** What callers meet if there are only so many seats. */
export function withSeats(need: Pick<SlotNeed, 'calls'>, seats: number, target: ServiceTarget) {
  return serviceWith({ calls: need.calls, minutes: 30, aht: target.aht }, seats, target.within);
}

/** The fewest seats that could handle a whole day even if its calls came evenly: the hard ceiling of §5.3. */
export function fewestSeats(callsOfDay: number, hours: number, aht: number): number {
  return Math.ceil(trafficOf({ calls: callsOfDay, minutes: hours * 60, aht }));
}
