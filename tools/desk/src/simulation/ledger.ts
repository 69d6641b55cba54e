import type { Applicant } from './callers.js';
import type { PlacedCall } from './telephone.js';

/** What an operator says of a call when it is over. */
export interface Ending {
  readonly purpose: 'application' | 'change' | 'cancellation' | 'inquiry';
  readonly outcome: 'booked' | 'changed' | 'cancelled' | 'answered' | 'nothingSuited' | 'cutOff';
  readonly category: string;
}

/** A call that somebody answered, and closed. */
export interface AnsweredCall {
  readonly placed: PlacedCall;
  readonly callId: string;
  readonly ending: Ending;
}

/** A booking as the one who made it knows it. */
export interface Booking {
  /** Which made-up person: call and place among its applicants. */
  readonly who: string;
  readonly reservationId: string;
  readonly receiptNumber: string;
  readonly personId: string;
  readonly applicant: Applicant;
  readonly callNth: number;
  sessionId: string;
  state: 'active' | 'cancelled';
  revision: number;
}

/** What the callers of the day know, kept apart from the desk: at the end the two are held against each other. */
export class Ledger {
  readonly bookings: Booking[] = [];
  readonly calls: AnsweredCall[] = [];
  /** Questions that were answered, one for each: the day and what it was about. */
  readonly inquiries: { readonly date: string; readonly category: string }[] = [];
  readonly refusals = new Map<string, number>();
  readonly offers = { made: 0, taken: 0, declined: 0 };
  readonly moves = { done: 0 };
  /** Seats held by callers who hung up, left to lapse. */
  readonly leftHolds: { readonly sessionId: string; readonly seats: number }[] = [];
  /** Answers that no caller should ever get. */
  readonly surprises: string[] = [];

  refused(slug: string): void {
    this.refusals.set(slug, (this.refusals.get(slug) ?? 0) + 1);
  }

  surprised(what: string): void {
    this.surprises.push(what);
  }

  of(callNth: number): Booking[] {
    return this.bookings.filter((booking) => booking.callNth === callNth);
  }

  active(): Booking[] {
    return this.bookings.filter(({ state }) => state === 'active');
  }
}
