import type { Call } from '#contracts/access/call.js';

/** Seats first, the person second. (§4.1 step 2) */
export class HoldSeats {
  constructor(
    readonly call: Call,
    readonly wish: {
      readonly sessionId: string;
      readonly seats: number;
      readonly callId?: string;
      readonly offerId?: string;
      /** Of a seat token on paper (§8.17); otherwise as long as a call needs. */
      readonly until?: string;
    },
  ) {}
}

export class ExtendHold {
  constructor(
    readonly call: Call,
    readonly holdId: string,
  ) {}
}

export class ReleaseHold {
  constructor(
    readonly call: Call,
    readonly holdId: string,
  ) {}
}
