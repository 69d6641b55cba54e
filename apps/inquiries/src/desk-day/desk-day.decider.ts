import type { DayClosed } from '#contracts/inquiries/desk-day.events.js';
import type { Decider } from '#kernel/decider.js';
import { Refusal } from '#kernel/refusal.js';
import type { DeskEvent } from '../desk/desk-events.js';

/** What is looked at before a day is closed (日次締め). (§4.2) */
export interface DayChecks {
  /** Calls on screens that nobody closed. */
  readonly openCalls: number;
  readonly openDrafts: number;
  readonly unreleasedHolds: number;
  readonly callsWithoutCategory: number;
  /** Complaints whose report to the city is due by the end of the day or before. */
  readonly complaintsDue: number;
}

export type CloseDay = {
  readonly do: 'close';
  readonly date: string;
  /** In Tokyo, when it is decided. */
  readonly today: string;
  readonly checks: DayChecks;
  /** The drafts that are left may go, and calls that are left open are known. */
  readonly anyway: boolean;
  readonly closing: Pick<DayClosed['data'], 'closedBy' | 'deletionRecordId' | 'draftsErased'>;
};

/** One day of the desk; closed once. */
export const deskDay: Decider<{ readonly closed: boolean }, CloseDay, DeskEvent> = {
  initialState: { closed: false },
  decide: ({ date, today, checks, anyway, closing }, { closed }) => {
    if (closed) return [];
    if (date > today) throw new Refusal('day-not-over', 'conflict', 'This day has not come yet.');
    const { openCalls, openDrafts, unreleasedHolds, callsWithoutCategory, complaintsDue } = checks;
    if (unreleasedHolds > 0 || (!anyway && (openCalls > 0 || openDrafts > 0))) {
      throw new Refusal(
        'day-not-ready',
        'conflict',
        'Let go of every seat that is held; close the calls and drafts, or say that they may go.',
        { checks },
      );
    }
    return [{ type: 'DayClosed', data: { date, ...closing, callsWithoutCategory, complaintsDue } }];
  },
  evolve: (state, event) => (event.type === 'DayClosed' ? { closed: true } : state),
};
