import { isDeepStrictEqual } from 'node:util';
import type { SeatTimeReported } from '#contracts/inquiries/traffic.events.js';
import type { Decider } from '#kernel/decider.js';
import type { DeskEvent } from '../desk/desk-events.js';
import { seatTimeOf, staffKeyOf, type StaffLine } from './seat-time.policy.js';

/** The desk has one seat time a day, over all its queues: whoever sits in two of them sits once. */
const ALL_QUEUES = 'desk';

export interface SeatTime {
  readonly lines: readonly StaffLine[];
  readonly reported?: SeatTimeReported['data'];
}

export interface HearStaff {
  readonly do: 'hear';
  readonly seatTimeId: string;
  readonly date: string;
  readonly lines: readonly StaffLine[];
}

/** How long members were logged in on a day, from whatever lines have been read of it. (稼働率, §5.1) */
export const seatTime: Decider<SeatTime, HearStaff, DeskEvent> = {
  initialState: { lines: [] },
  decide: ({ seatTimeId, date, lines }, { lines: known, reported }) => {
    const before = new Set(known.map(staffKeyOf));
    const fresh = [...new Map(lines.map((line) => [staffKeyOf(line), line])).entries()]
      .filter(([key]) => !before.has(key))
      .map(([, line]) => line);
    if (fresh.length === 0) return [];
    const heard: DeskEvent = { type: 'StaffLinesHeard', data: { date, lines: fresh } };
    const slots = seatTimeOf(date, [...known, ...fresh]);
    if (isDeepStrictEqual(slots, reported?.slots ?? [])) return [heard];
    const seatTimeRevision = (reported?.seatTimeRevision ?? 0) + 1;
    return [
      heard,
      { type: 'SeatTimeReported', data: { seatTimeId, seatTimeRevision, date, queue: ALL_QUEUES, slots } },
    ];
  },
  evolve: (state, event) => {
    if (event.type === 'StaffLinesHeard') return { ...state, lines: [...state.lines, ...event.data.lines] };
    return event.type === 'SeatTimeReported' ? { ...state, reported: event.data } : state;
  },
};
