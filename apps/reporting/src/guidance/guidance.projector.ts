import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import type { ApplyContext } from '#platform/subscription/subscriber.js';
import { appendRows } from '../ledger/append.js';
import { dayOf, type Heard } from '../ledger/heard.js';
import type { GuidanceRow } from './guidance.row.js';

/** Who was offered another session, and what became of it. (R013) */
export function foldGuidance(context: ApplyContext, batch: readonly Heard<ReservationsEvent>[]): Promise<void> {
  return appendRows(context, 'guidance', batch.flatMap(guidanceOf));
}

function guidanceOf(heard: Heard<ReservationsEvent>): GuidanceRow[] {
  const { p, seq, at, type, data } = heard;
  const place = { p, seq, at: new Date(at).toISOString(), day: dayOf(heard) };
  const none = { alternatives: null, taken_session_id: null, reason: null };
  switch (type) {
    case 'AlternativesOffered': {
      const of = { offer_id: data.offerId, session_id: data.sessionId };
      return [{ ...place, ...of, ...none, kind: 'offered', alternatives: data.alternatives.map(({ sessionId }) => sessionId) }]; // prettier-ignore
    }
    case 'AlternativesTaken': {
      const of = { offer_id: data.offerId, session_id: data.sessionId };
      return [{ ...place, ...of, ...none, kind: 'taken', taken_session_id: data.takenSessionId }];
    }
    case 'AlternativesDeclined': {
      const of = { offer_id: data.offerId, session_id: data.sessionId };
      return [{ ...place, ...of, ...none, kind: 'declined', reason: data.reasonCode }];
    }
    default:
      return [];
  }
}
