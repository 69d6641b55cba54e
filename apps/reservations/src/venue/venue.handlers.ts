import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { SideTable } from '#platform/log/side-table.js';
import { decided } from '#platform/hosting/decided.js';
import { Desk } from '../desk/desk.js';
import { venueIdOf } from '../desk/ids.js';
import { PresentNames } from '../desk/names.js';
import { venueStream } from '../desk/streams.js';
import { ChangeVenue } from './venue.commands.js';
import { venue, venueExists } from './venue.decider.js';

const venueTable: SideTable = { name: 'venue', key: { venue_id: 'uuid' }, columns: { name: 'text', facts: 'jsonb' } };

@CommandHandler(ChangeVenue)
export class ChangeVenueHandler implements ICommandHandler<ChangeVenue> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(PresentNames) private readonly names: PresentNames,
  ) {}

  async execute({ call, facts, venueId: known }: ChangeVenue) {
    const names = await this.names.of('venue');
    const venueId = known ?? names.idFor(facts.name, venueIdOf);
    const other = names.otherBearer(venueId, facts.name);
    const command = { do: known === undefined ? 'register' : 'revise', venue: { venueId, ...facts } } as const;
    const stream = venueStream(venueId);
    return this.desk.submit(call, {
      writes: [stream],
      decide: (states) => {
        const { events, after } = decided(venue, command, states.of(stream));
        if (other !== undefined) throw venueExists(other);
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
