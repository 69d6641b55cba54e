import type { Call } from '#contracts/access/call.js';

export class DeclineOffer {
  constructor(
    readonly call: Call,
    readonly offerId: string,
    readonly reasonCode: string,
  ) {}
}
