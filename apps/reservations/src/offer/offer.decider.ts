import type {
  AlternativesDeclined,
  AlternativesOffered,
  AlternativesTaken,
} from '#contracts/reservations/offer.events.js';
import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import type { Decider } from '#kernel/decider.js';
import { Refusal } from '#kernel/refusal.js';

/** What a caller of a full session was offered, and what came of it (R013). */
export interface Offer {
  readonly offered?: AlternativesOffered['data'];
  readonly outcome?: 'taken' | 'declined';
}

export type OfferCommand =
  | { readonly do: 'offer'; readonly offer: AlternativesOffered['data'] }
  | ({ readonly do: 'take' } & Pick<AlternativesTaken['data'], 'takenSessionId' | 'reservationIds'>)
  | ({ readonly do: 'decline' } & Pick<AlternativesDeclined['data'], 'reasonCode'>);

export const offer: Decider<Offer, OfferCommand, ReservationsEvent> = {
  initialState: {},
  decide: (command, { offered, outcome }) => {
    if (command.do === 'offer') return [{ type: 'AlternativesOffered', data: command.offer }];
    if (offered === undefined) throw new Refusal('not-found', 'not-found', 'There is no such offer.');
    const { offerId, sessionId } = offered;
    if (command.do === 'decline') {
      if (outcome === 'declined') return [];
      if (outcome === 'taken') throw new Refusal('offer-taken', 'conflict', 'This offer has been taken.');
      return [{ type: 'AlternativesDeclined', data: { offerId, sessionId, reasonCode: command.reasonCode } }];
    }
    // A couple that books one after the other takes one offer; who declined and thought again takes it after all
    if (outcome === 'taken') return [];
    const { takenSessionId, reservationIds } = command;
    // Room after all in the session that was asked for: nobody was guided anywhere (他会場案内成立率)
    if (takenSessionId === sessionId) return [];
    return [{ type: 'AlternativesTaken', data: { offerId, sessionId, takenSessionId, reservationIds } }];
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'AlternativesOffered':
        return { offered: event.data };
      case 'AlternativesTaken':
        return { ...state, outcome: 'taken' };
      case 'AlternativesDeclined':
        return { ...state, outcome: 'declined' };
      default:
        return state;
    }
  },
};
