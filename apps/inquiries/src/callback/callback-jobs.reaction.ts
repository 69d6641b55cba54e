import { noticesEvents } from '#contracts/notices/notices.events.js';
import { Refusal } from '#kernel/refusal.js';
import { readReservationsEvent } from '#plan/plan.projector.js';
import type { HeardEvent, Reaction } from '#platform/subscription/subscriber.js';

export const CALLBACK_JOBS = 'callback-jobs';

/** Whoever does the jobs; it needs the log and the lists, which stand after the subscriptions do. */
export class CallbackJobsDesk {
  does: ((heard: HeardEvent, commandId: string) => Promise<void>) | undefined;
}

/** Reservations and notices are heard, and who has to be called because of them is written down once. (design §3) */
export function callbackJobs(desk: CallbackJobsDesk): Reaction {
  return {
    kind: 'reaction',
    name: CALLBACK_JOBS,
    sources: ['notices', 'reservations'],
    read: (heard) => (heard.source === 'reservations' ? readReservationsEvent(heard) : readNoticesEvent(heard)),
    react: async (heard, commandId) => {
      if (desk.does === undefined) throw new Refusal('unavailable', 'unavailable', 'The desk is not open yet.');
      await desk.does(heard, commandId);
    },
  };
}

function readNoticesEvent(heard: HeardEvent): HeardEvent {
  const read = noticesEvents.read(heard.type, heard.schemaVersion, heard.data);
  return read.data === heard.data ? heard : { ...heard, data: read.data };
}
