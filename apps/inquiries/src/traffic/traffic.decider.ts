import { isDeepStrictEqual } from 'node:util';
import type { TrafficReported } from '#contracts/inquiries/traffic.events.js';
import type { Decider } from '#kernel/decider.js';
import type { DeskEvent } from '../desk/desk-events.js';

export type Report = Omit<TrafficReported['data'], 'trafficRevision'>;
type Slot = Report['slots'][number];

/** What the carrier has said so far of one line on one day. */
export const traffic: Decider<TrafficReported['data'] | undefined, { do: 'report'; report: Report }, DeskEvent> = {
  initialState: undefined,
  decide: ({ report }, known) => {
    const slots = withSlots(known?.slots ?? [], report.slots);
    if (known !== undefined && isDeepStrictEqual(known.slots, slots)) return [];
    return [
      { type: 'TrafficReported', data: { ...report, trafficRevision: (known?.trafficRevision ?? 0) + 1, slots } },
    ];
  },
  evolve: (known, event) => (event.type === 'TrafficReported' ? event.data : known),
};

/** A later report of the same time takes the place of the earlier; half of a day adds to the other half. */
function withSlots(known: readonly Slot[], told: readonly Slot[]): Slot[] {
  const kept = known.filter((slot) => !told.some((one) => overlaps(one, slot)));
  return [...kept, ...told].toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
}

function overlaps(a: Slot, b: Slot): boolean {
  const [fromA, fromB] = [minuteOf(a), minuteOf(b)];
  return fromA < fromB + b.minutes && fromB < fromA + a.minutes;
}

function minuteOf({ startsAt }: Slot): number {
  return Number(startsAt.slice(0, 2)) * 60 + Number(startsAt.slice(3));
}
