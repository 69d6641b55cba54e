import type { ClassSessionScheduled } from '#contracts/reservations/class-session.events.js';
import type { ReservationMade } from '#contracts/reservations/reservation.events.js';
import type { Term } from '../term/term.decider.js';

/** Everything of a session that the city says: what `ClassSessionScheduled` carries. */
export type SessionPlan = ClassSessionScheduled['data'];

/** How a wish reached the desk. */
export type Origin = Pick<ReservationMade['data'], 'callId' | 'receivedAt'> & {
  readonly channel?: ReservationMade['data']['channel'];
};

/** One who is to have a seat. */
export interface Attendee {
  readonly reservationId: string;
  readonly personId: string;
  readonly personVersion: number;
  readonly postalCodeMissing?: true;
}

/** A seat that comes from another session, with everything that is known of it. */
export interface Arriving extends Attendee {
  readonly partyId?: string;
  /** The revision that the move gives it; both halves carry the same. */
  readonly reservationRevision: number;
}

/** The instant of the decision, epoch milliseconds, and the term as it stands then. */
interface Booking {
  readonly now: number;
  readonly term: Term;
}

interface Move {
  readonly moveId: string;
  readonly fromSessionId: string;
  readonly toSessionId: string;
  readonly origin: Origin;
}

/** What can be asked of one class session. Who may ask is the door's business; the rules hold for everyone. */
export type ClassSessionCommand =
  | { readonly do: 'schedule'; readonly plan: SessionPlan }
  | { readonly do: 'revise'; readonly plan: SessionPlan; readonly agreementNumber?: string }
  | { readonly do: 'close'; readonly reasonCode?: string }
  | { readonly do: 'callOff'; readonly reasonCode?: string; readonly instructionNumber?: string }
  | { readonly do: 'raiseCapacity'; readonly capacity: number; readonly agreementNumber: string }
  | ({
      readonly do: 'hold';
      readonly holdId: string;
      readonly seats: number;
      readonly expiresAt: number;
      readonly callId?: string;
      readonly offerId?: string;
    } & Booking)
  | { readonly do: 'extendHold'; readonly holdId: string; readonly expiresAt: number; readonly now: number }
  | { readonly do: 'releaseHold'; readonly holdId: string }
  | { readonly do: 'lapseHolds'; readonly now: number }
  | ({
      readonly do: 'reserve';
      readonly attendees: readonly Attendee[];
      readonly partyId?: string;
      readonly holdId?: string;
      readonly offerId?: string;
      readonly origin: Origin & { readonly channel: ReservationMade['data']['channel'] };
    } & Booking)
  | ({ readonly do: 'moveOut'; readonly reservationId: string } & Move)
  | ({ readonly do: 'moveIn'; readonly arriving: Arriving; readonly holdId?: string } & Move & Booking)
  | {
      readonly do: 'cancel';
      readonly reservationId: string;
      readonly reasonCode: string;
      readonly origin: Origin;
    }
  | {
      readonly do: 'correct';
      readonly reservationId: string;
      readonly personVersion: number;
      readonly postalCodeMissing?: true;
      readonly corrected: readonly ('name' | 'kana' | 'phoneNumber' | 'address' | 'proxy')[];
      readonly origin: Origin;
    };

export type CommandOf<Do extends ClassSessionCommand['do']> = Extract<ClassSessionCommand, { readonly do: Do }>;
