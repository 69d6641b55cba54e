import { Refusal } from '#kernel/refusal.js';
import { readReservationsEvent } from '#plan/plan.projector.js';
import type { HeardEvent, Reaction } from '#platform/subscription/subscriber.js';

export const NOTICE_JOBS = 'notice-jobs';

/** Whoever does the jobs; it needs the log and the lists, which stand after the subscriptions do. */
export class JobsDesk {
  does: ((heard: HeardEvent, commandId: string) => Promise<void>) | undefined;
}

/** Reservations are heard, and what follows is done once. Never built again. (design §3) */
export function noticeJobs(desk: JobsDesk): Reaction {
  return {
    kind: 'reaction',
    name: NOTICE_JOBS,
    sources: ['reservations'],
    read: readReservationsEvent,
    react: async (heard, commandId) => {
      if (desk.does === undefined)
        throw new Refusal('unavailable', 'unavailable', 'The desk of notices is not open yet.');
      await desk.does(heard, commandId);
    },
  };
}
