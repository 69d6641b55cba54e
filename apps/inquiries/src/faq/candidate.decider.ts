import type { FaqCandidateDismissed } from '#contracts/inquiries/faq.events.js';
import type { Decider } from '#kernel/decider.js';
import type { DeskEvent } from '../desk/desk-events.js';

/** How often an unlisted question has to be asked in a term before somebody writes an answer. (R019) */
export const CANDIDATE_FROM = 5;

export interface Candidate {
  /** How often it had been asked when it was last dismissed. */
  readonly dismissedAt?: number;
}

export interface DismissCandidate {
  readonly do: 'dismiss';
  readonly dismissal: FaqCandidateDismissed['data'];
}

/** A question that no entry answers, as far as somebody judged it. */
export const candidate: Decider<Candidate, DismissCandidate, DeskEvent> = {
  initialState: {},
  decide: ({ dismissal }, { dismissedAt }) =>
    dismissedAt === dismissal.timesAsked ? [] : [{ type: 'FaqCandidateDismissed', data: dismissal }],
  evolve: (state, event) => (event.type === 'FaqCandidateDismissed' ? { dismissedAt: event.data.timesAsked } : state),
};
