import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Desk } from '../desk/desk.js';
import { offerStream } from '../desk/streams.js';
import { DeclineOffer } from './offer.commands.js';
import { offer } from './offer.decider.js';

@CommandHandler(DeclineOffer)
export class DeclineOfferHandler implements ICommandHandler<DeclineOffer> {
  constructor(@Inject(Desk) private readonly desk: Desk) {}

  execute({ call, offerId, reasonCode }: DeclineOffer) {
    const stream = offerStream(offerId);
    return this.desk.submit(call, {
      writes: [stream],
      decide: (states) => ({
        events: [[stream, offer.decide({ do: 'decline', reasonCode }, states.of(stream))]],
        answer: { offerId },
      }),
    });
  }
}
