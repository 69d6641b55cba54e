import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import type { VenueRegistered, VenueRevised } from '#contracts/reservations/venue.events.js';
import type { Decider } from '#kernel/decider.js';
import { Refusal } from '#kernel/refusal.js';
import { fieldsThatDiffer } from '../desk/differences.js';

export type Venue = VenueRegistered['data'];

export type VenueCommand =
  { readonly do: 'register'; readonly venue: Venue } | { readonly do: 'revise'; readonly venue: Venue };

export const venue: Decider<Venue | undefined, VenueCommand, ReservationsEvent> = {
  initialState: undefined,
  decide: (command, known) => {
    if (command.do === 'register') {
      if (known !== undefined) throw venueExists(known.venueId);
      return [{ type: 'VenueRegistered', data: command.venue }];
    }
    if (known === undefined) throw new Refusal('not-found', 'not-found', 'There is no such venue.');
    const changed = fieldsThatDiffer(known, command.venue) as NonNullable<VenueRevised['data']['changed']>;
    return changed.length === 0 ? [] : [{ type: 'VenueRevised', data: { ...command.venue, changed } }];
  },
  evolve: (known, { type, data }) => {
    if (type === 'VenueRegistered') return data;
    if (type !== 'VenueRevised') return known;
    const { changed: _, ...venue } = data;
    return venue;
  },
};

export function venueExists(venueId: string): Refusal {
  return new Refusal('venue-exists', 'conflict', 'There is a venue of this name.', { venueId });
}
