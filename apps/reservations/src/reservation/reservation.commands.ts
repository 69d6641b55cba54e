import type { Call } from '#contracts/access/call.js';
import type { Correction } from '#kernel/correction.js';
import type { Origin } from '../class-session/class-session.commands.js';
import type { Applicant } from '../person/applicant.js';

export type DuplicateDecision = 'samePerson' | 'household' | 'different';

/** One who is to have a seat: somebody known, or somebody new. */
export interface AttendeeWish {
  readonly personId?: string;
  readonly applicant?: Applicant;
  readonly duplicateDecision?: DuplicateDecision;
}

/** Who calls for them (家族など). */
export interface Proxy {
  readonly name: string;
  readonly relation: string;
  readonly phoneNumber: string;
}

/** 1–4 attendees, all or none. (design §4, R010) */
export class MakeReservation {
  constructor(
    readonly call: Call,
    readonly wish: {
      readonly sessionId: string;
      readonly holdId?: string;
      readonly attendees: readonly AttendeeWish[];
      readonly proxy?: Proxy;
      readonly origin: Origin & { readonly channel: NonNullable<Origin['channel']> };
      readonly offerId?: string;
    },
  ) {}
}

export class MoveReservation {
  constructor(
    readonly call: Call,
    readonly reservationId: string,
    readonly toSessionId: string,
    readonly holdId: string | undefined,
    readonly origin: Origin,
  ) {}
}

export class CancelReservation {
  constructor(
    readonly call: Call,
    readonly reservationId: string,
    readonly reasonCode: string,
    /** Free text: sealed. */
    readonly note: string | undefined,
    readonly origin: Origin,
  ) {}
}

/** 申込内容の訂正: reaches every reservation of the person. (§8.21) */
export class CorrectApplicant {
  constructor(
    readonly call: Call,
    readonly reservationId: string,
    readonly changes: Correction<Applicant>,
    readonly origin: Origin,
  ) {}
}
