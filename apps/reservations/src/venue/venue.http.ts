import { Body, Controller, Get, Inject, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Call } from '#contracts/access/call.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { CommandRoute, QuestionRoute } from '#platform/hosting/route.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { plain } from '#platform/hosting/plain.js';
import { Rows } from '#platform/hosting/rows.js';
import { VenueBody, VenueChanged, VenuesAnswer, type VenueAnswer } from './venue.body.js';
import { ChangeVenue } from './venue.commands.js';

@ApiTags('venues')
@Controller('venues')
export class VenuesHttp {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(Rows) private readonly rows: Rows,
  ) {}

  @Get()
  @QuestionRoute(VenuesAnswer)
  async list(): Promise<VenuesAnswer> {
    const rows = await this.rows.all<{ facts: VenueAnswer }>(
      'venues',
      'select facts from venue order by name, venue_id',
    );
    return { venues: rows.map(({ facts }) => facts) };
  }

  @Post()
  @CommandRoute(VenueChanged, { 409: ['venue-exists'] }, 201)
  register(@CurrentCall() call: Call, @Body() body: VenueBody) {
    return this.commands.execute(new ChangeVenue(call, plain(body) as ChangeVenue['facts']));
  }

  @Put(':venueId')
  @CommandRoute(VenueChanged, { 404: ['not-found'], 409: ['venue-exists'] })
  revise(@CurrentCall() call: Call, @IdParam('venueId') venueId: string, @Body() body: VenueBody) {
    return this.commands.execute(new ChangeVenue(call, plain(body) as ChangeVenue['facts'], venueId));
  }
}
