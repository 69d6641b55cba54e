import { isBusinessDay } from './business-days.js';
import { dateAt, plusDays, timeAt } from './civil-time.js';
import { search } from './delivery-days.js';
import { dayText } from './japanese-date.js';
import { deliveredOn, lastPostingDay, postingPlan, type PostingCase, type PostingPlan } from './posting-plan.js';
import type { PostingSettings } from './posting-settings.js';

/** 通常／1週間前に間に合わない／受講日前日までに届かない. (§8.2) */
export type Lane = 'normal' | 'late' | 'tooLate';

export const LANE_NAMES: Readonly<Record<Lane, string>> = {
  normal: '通常',
  late: '1週間前に間に合わない',
  tooLate: '受講日前日までに届かない',
};

export interface Expectation extends PostingPlan {
  /** The day on which a notice booked now will be posted. */
  readonly postOn: string;
  readonly predictedArrival: string;
  readonly lane: Lane;
}

/**
 * When a notice of a booking made at `bookedAt` arrives: next batch → approval → posting → lead. What is late is decided
 * by that day alone, never by a freeze. (§8.2)
 * @param bookedAt epoch milliseconds
 */
export function expectationOf(asked: PostingCase, bookedAt: number, settings: PostingSettings): Expectation {
  const plan = postingPlan(asked, settings);
  const batchOn = nextBatch(bookedAt, settings);
  const postOn = postingDay(batchOn, asked, settings);
  const predictedArrival = deliveredOn(postOn, asked, settings);
  const lane = laneOf(predictedArrival, asked.classDate, plan);
  const window = asked.dispatchWindow;
  const reasons = [
    ...plan.reasons,
    `次の発送束${dayText(batchOn)}${settings.batchAt}締め、差出${dayText(postOn)}、お届け見込み日${dayText(predictedArrival)}`,
    ...(window !== undefined && postOn > lastPostingDay(window.to, settings)
      ? [`差出が発送期間（${dayText(window.to)}まで）の後になります：期間の延長か別の手配が要ります`]
      : []),
    laneReason(lane, predictedArrival, asked.classDate, plan),
  ];
  return { ...plan, postOn, predictedArrival, lane, reasons };
}

export function laneOf(predictedArrival: string, classDate: string, { arriveBy }: Pick<PostingPlan, 'arriveBy'>): Lane {
  if (predictedArrival <= arriveBy) return 'normal';
  return predictedArrival < classDate ? 'late' : 'tooLate';
}

function nextBatch(bookedAt: number, { batchAt, deskDays }: PostingSettings): string {
  const day = dateAt(bookedAt);
  // What comes at the very minute of the batch goes with it
  const first = timeAt(bookedAt) <= batchAt ? day : plusDays(day, 1);
  return search(first, 1, (one) => isBusinessDay(one, deskDays));
}

function postingDay(batchOn: string, { dispatchWindow }: PostingCase, settings: PostingSettings): string {
  const isOpen = (day: string) => isBusinessDay(day, settings.deskDays);
  let day = batchOn;
  for (let left = settings.approveAhead; left > 0; left--) day = search(plusDays(day, 1), 1, isOpen);
  // Made, approved and carried to the office on one day only if that is before its cut-off
  if (settings.approveAhead === 0 && settings.batchAt >= settings.offices[0].cutOff) {
    day = search(plusDays(day, 1), 1, isOpen);
  }
  return dispatchWindow !== undefined && day < dispatchWindow.from ? search(dispatchWindow.from, 1, isOpen) : day;
}

function laneReason(lane: Lane, arrival: string, classDate: string, { arriveBy }: PostingPlan): string {
  switch (lane) {
    case 'normal':
      return `${LANE_NAMES.normal}：お届け期限${dayText(arriveBy)}に間に合います`;
    case 'late':
      return `${LANE_NAMES.late}：お届け期限${dayText(arriveBy)}を過ぎて${dayText(arrival)}に届く見込みです（直前受付）`;
    case 'tooLate':
      return `${LANE_NAMES.tooLate}：${dayText(arrival)}の見込みで受講日は${dayText(classDate)}です。内容をすべて読み上げ、電話案内済を記録してください（直前受付）`;
  }
}
