import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { SideTable } from '#platform/log/side-table.js';
import { decided } from '#platform/hosting/decided.js';
import { Desk } from '../desk/desk.js';
import { venueStream } from '../desk/streams.js';
import { ChangeVenue } from './venue.commands.js';
import { venue } from './venue.decider.js';

const venueTable: SideTable = { name: 'venue', key: { venue_id: 'uuid' }, columns: { name: 'text', facts: 'jsonb' } };

@CommandHandler(ChangeVenue)
export class ChangeVenueHandler implements ICommandHandler<ChangeVenue> {
  constructor(@Inject(Desk) private readonly desk: Desk) {}

  execute({ call, command }: ChangeVenue) {
    const { venueId } = command.venue;
    const stream = venueStream(venueId);
    return this.desk.submit(call, {
      writes: [stream],
      decide: (states) => {
        const { events, after } = decided(venue, command, states.of(stream));
        const row = { name: after!.name, facts: JSON.stringify(after) };
        return {
          events: [[stream, events]],
          sides: [{ table: venueTable, key: { venue_id: venueId }, row }],
          answer: { venueId },
        };
      },
    });
  }
}
