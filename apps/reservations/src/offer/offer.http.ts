import { Body, Controller, Inject, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import type { Call } from '#contracts/access/call.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { CommandRoute } from '#platform/hosting/route.js';
import { ChoiceField } from '#platform/service/fields.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { DeclineOffer } from './offer.commands.js';

/** Why callers want none of the others (R013): too far, the day, the course, they will think about it, else. */
export const DECLINE_REASONS = ['tooFar', 'dateUnsuitable', 'courseUnsuitable', 'willConsider', 'other'] as const;

export class DeclineBody {
  @ChoiceField({ of: DECLINE_REASONS }) reason: (typeof DECLINE_REASONS)[number];
}

export class OfferChanged {
  @ApiProperty({ format: 'uuid' }) offerId: string;
}

@ApiTags('offers')
@Controller('offers')
export class OffersHttp {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post(':offerId/decline')
  @CommandRoute(OfferChanged, { 404: ['not-found'], 409: ['offer-taken'] })
  decline(@CurrentCall() call: Call, @IdParam('offerId') offerId: string, @Body() { reason }: DeclineBody) {
    return this.commands.execute(new DeclineOffer(call, offerId, reason));
  }
}
