import type { Call } from '#contracts/access/call.js';
import type { VenueCommand } from './venue.decider.js';

export class ChangeVenue {
  constructor(
    readonly call: Call,
    readonly command: VenueCommand,
  ) {}
}
