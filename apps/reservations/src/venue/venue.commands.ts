import type { Call } from '#contracts/access/call.js';
import type { Venue } from './venue.decider.js';

export class ChangeVenue {
  constructor(
    readonly call: Call,
    readonly facts: Omit<Venue, 'venueId'>,
    /** Absent for one that is new. */
    readonly venueId?: string,
  ) {}
}
