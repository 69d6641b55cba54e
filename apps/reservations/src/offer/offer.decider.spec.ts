import { describe, test } from '@jest/globals';
import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import { idFrom } from '#kernel/ids.js';
import { specOf } from '#kernel/spec.js';
import { offer, type OfferCommand } from './offer.decider.js';

const { given } = specOf(offer);
const named = (name: string) => idFrom('b8a5f7a4-5f0e-4d6c-9d53-5d2b6d0a7c11', name);
const [offerId, asked, near, far] = [named('offer'), named('asked'), named('near'), named('far')];

const offered: ReservationsEvent = {
  type: 'AlternativesOffered',
  data: { offerId, sessionId: asked, seats: 1, alternatives: [{ sessionId: near, seatsLeft: 3 }] },
};
const taken = (takenSessionId: string): ReservationsEvent => ({
  type: 'AlternativesTaken',
  data: { offerId, sessionId: asked, takenSessionId, reservationIds: [named('r')] },
});
const declined: ReservationsEvent = {
  type: 'AlternativesDeclined',
  data: { offerId, sessionId: asked, reasonCode: 'tooFar' },
};
const take = (takenSessionId: string): OfferCommand => ({ do: 'take', takenSessionId, reservationIds: [named('r')] });

describe('an offer of other sessions (R013)', () => {
  test('is taken by a booking in one of them, or in another one, once', () => {
    given(offered).when(take(near)).then(taken(near));
    given(offered).when(take(far)).then(taken(far));
    given(offered, taken(near)).when(take(far)).thenNothing();
  });

  test('is not taken by a booking in the session that was full: a seat came free there', () => {
    given(offered).when(take(asked)).thenNothing();
    given(offered, declined).when(take(asked)).thenNothing();
  });

  test('that was declined is taken by who thought again', () => {
    given(offered, declined).when(take(near)).then(taken(near));
  });
});
