import { applied, changed, verified } from './about-booking.js';
import { Chance } from './chance.js';
import type { PlannedCall } from './callers.js';
import type { Booking, Ending, Ledger } from './ledger.js';
import type { Operator } from './operator.js';
import { wantedSession, type BoardSession, type Courses } from './schedule.js';
import { TakenCall } from './taken-call.js';
import { instant, type PlacedCall } from './telephone.js';

interface Offer {
  readonly offerId?: string;
  readonly alternatives: readonly { readonly sessionId: string; readonly seatsLeft: number }[];
}

interface Seat {
  readonly sessionId: string;
  readonly holdId: string;
  readonly offerId?: string;
}

interface Made {
  readonly sessionId: string;
  readonly reservations: readonly { reservationId: string; receiptNumber: string; personId: string }[];
}

/** How many sessions somebody listens to before they give up. */
const OFFERS_HEARD = 3;
/** What people ask who book nothing. */
const ASKED = ['venue', 'schedule', 'content', 'belongings', 'eligibility'] as const;

/** One call, from 「札幌市スマートフォン講習会受付です」 to the receiver put down (§4.1). */
export class CallScript {
  private readonly chance: Chance;
  private readonly call: PlannedCall;
  private callId = '';

  constructor(
    private readonly placed: PlacedCall,
    private readonly operator: Operator,
    private readonly ledger: Ledger,
    private readonly courses: Courses,
    seed: number,
  ) {
    this.call = placed.call;
    this.chance = new Chance(seed * 1_000_003 + this.call.nth);
  }

  async play(): Promise<void> {
    const taken = new TakenCall(this.placed, this.operator, this.ledger);
    this.callId = await taken.lift();
    await taken.close(this.callId, await this.speak());
  }

  private speak(): Promise<Ending> {
    const { purpose, about } = this.call;
    const earlier = about === undefined ? undefined : this.ledger.of(about).find(({ state }) => state === 'active');
    if (purpose === 'ask') return this.inquire();
    if (purpose === 'hangUp') return this.hangUp();
    if (purpose === 'move' && earlier) return this.move(earlier);
    if (purpose === 'cancel' && earlier) return this.cancel(earlier);
    if (purpose === 'again' && earlier) return this.again(earlier);
    return this.book();
  }

  /** A question and its answer, recorded with one key: nothing of who asked stays. (R040) */
  private async inquire(): Promise<Ending> {
    await this.look();
    const category = this.chance.one(ASKED);
    const { date, pickedUpAt } = this.placed;
    const asked = { category, callId: this.callId, receivedAt: instant(pickedUpAt) };
    const { status } = await this.operator.ask('POST', '/inquiries/tally', asked);
    if (status < 300) this.ledger.inquiries.push({ date, category });
    return { purpose: 'inquiry', outcome: 'answered', category };
  }

  private async look(): Promise<BoardSession[]> {
    const { course, ward } = this.call.caller;
    const query = `course=${this.courses[course]}`;
    const near = this.chance.happens(0.6) ? `&ward=${encodeURIComponent(ward)}` : '';
    const { body } = await this.operator.ask<{ sessions: BoardSession[] }>('GET', `/capacity/sessions?${query}${near}`);
    return body.sessions ?? [];
  }

  private async book(): Promise<Ending> {
    const { applicants, proxy } = this.call.caller;
    const wanted = wantedSession(await this.look(), this.chance);
    const seat = wanted && (await this.seat(wanted.sessionId, applicants.length));
    if (seat === undefined) return applied('nothingSuited');
    const attendees = applicants.map((applicant) => ({ applicant }));
    const channel = proxy === undefined ? 'telephone' : 'proxyCall';
    const isBooked = await this.reserve(seat, { attendees, channel, ...(proxy && { proxy }) });
    return isBooked ? applied('booked') : applied('nothingSuited');
  }

  /** Holds the session, or one that is offered instead. */
  private async seat(sessionId: string, seats: number, offerId?: string, heard = 0): Promise<Seat | undefined> {
    const wish = { sessionId, seats, ...(offerId !== undefined && { offerId }) };
    const { status, body } = await this.operator.ask<{ holdId: string } & Offer>('POST', '/holds', wish);
    if (status === 200 || status === 201)
      return { sessionId, holdId: body.holdId, ...(offerId !== undefined && { offerId }) };
    const { offerId: made, alternatives = [] } = body;
    if (made === undefined) return undefined;
    this.ledger.offers.made += 1;
    const other = alternatives[Math.min(heard, alternatives.length - 1)];
    if (other !== undefined && this.call.caller.isFlexible && heard < OFFERS_HEARD) {
      return this.seat(other.sessionId, seats, made, heard + 1);
    }
    const reason = other === undefined ? 'other' : this.chance.one(['tooFar', 'dateUnsuitable', 'willConsider']);
    const declined = await this.operator.ask('POST', `/offers/${made}/decline`, { reason });
    if (declined.status < 300) this.ledger.offers.declined += 1;
    return undefined;
  }

  private async reserve(seat: Seat, wish: object): Promise<boolean> {
    const body = { ...seat, ...wish, callId: this.callId };
    const ask = this.chance.happens(0.05) ? 'twice' : 'ask';
    const answer = await this.operator[ask]<Made>('POST', '/reservations', body);
    if (answer.status === 201) this.enter(answer.body, seat.offerId);
    else await this.letGo(seat);
    return answer.status === 201;
  }

  private enter({ sessionId, reservations }: Made, offerId?: string): void {
    const { nth, caller } = this.call;
    if (offerId !== undefined) this.ledger.offers.taken += 1;
    for (const [place, made] of reservations.entries()) {
      const known = this.ledger.bookings.find(({ personId }) => personId === made.personId);
      const who = known?.who ?? `${nth}.${place}`;
      const applicant = caller.applicants[place]!;
      this.ledger.bookings.push({ ...made, who, applicant, sessionId, callNth: nth, state: 'active', revision: 1 });
    }
  }

  /** The seat is held, and nobody is on the line any more: let go, or forgotten until it lapses. */
  private async hangUp(): Promise<Ending> {
    const seats = this.call.caller.applicants.length;
    const wanted = wantedSession(await this.look(), this.chance);
    const seat = wanted && (await this.seat(wanted.sessionId, seats));
    if (seat === undefined) return applied('nothingSuited');
    if (this.chance.happens(0.7)) await this.letGo(seat);
    else this.ledger.leftHolds.push({ sessionId: seat.sessionId, seats });
    return applied('cutOff');
  }

  private async letGo({ holdId }: Seat): Promise<void> {
    await this.operator.ask('DELETE', `/holds/${holdId}`);
  }

  /** Calls as if for the first time: the desk knows better, and books nobody twice. */
  private async again({ sessionId, personId, applicant }: Booking): Promise<Ending> {
    const seat = await this.seat(sessionId, 1);
    if (seat === undefined) return applied('nothingSuited');
    const known = applicant.phoneNumber === undefined ? [personId] : await this.candidates(seat, applicant);
    // 「すでにご予約がございます」: the same person, said the operator; and a person has one seat in a session
    const answer = await this.operator.ask<Made>('POST', '/reservations', {
      ...seat,
      attendees: [{ personId: known[0] }],
      callId: this.callId,
    });
    if (answer.status === 201) {
      // In the session of an offer they had no seat yet
      this.enter(answer.body, seat.offerId);
      if (seat.sessionId === sessionId) this.ledger.surprised('a person was booked twice in a session');
      return applied('booked');
    }
    await this.letGo(seat);
    return applied('answered');
  }

  private async candidates(seat: Seat, applicant: Booking['applicant']): Promise<string[]> {
    const wish = { ...seat, attendees: [{ applicant }] };
    const { body } = await this.operator.ask<{ candidates?: { personId: string }[] }>('POST', '/reservations', wish);
    if (body.candidates === undefined) this.ledger.surprised('a known person was not recognised');
    return (body.candidates ?? []).map(({ personId }) => personId);
  }

  private async move(booking: Booking): Promise<Ending> {
    if (!(await this.knows(booking))) return changed('change', 'answered');
    const others = (await this.look()).filter(({ sessionId }) => !this.holdsSeatIn(booking, sessionId));
    const wanted = wantedSession(others, this.chance);
    const isMoved = wanted !== undefined && (await this.moveTo(booking, wanted.sessionId));
    return changed('change', isMoved ? 'changed' : 'nothingSuited');
  }

  private async moveTo(booking: Booking, toSessionId: string, heard = 0): Promise<boolean> {
    const path = `/reservations/${booking.reservationId}/move`;
    const wish = { toSessionId, callId: this.callId };
    const { status, body } = await this.operator.ask<{ revision: number } & Offer>('POST', path, wish);
    if (status === 200) {
      Object.assign(booking, { sessionId: toSessionId, revision: body.revision });
      this.ledger.moves.done += 1;
      return true;
    }
    if (body.offerId === undefined) return false;
    this.ledger.offers.made += 1;
    const other = body.alternatives.find(({ sessionId }) => !this.holdsSeatIn(booking, sessionId));
    if (other !== undefined && heard < OFFERS_HEARD) return this.moveTo(booking, other.sessionId, heard + 1);
    const declined = await this.operator.ask('POST', `/offers/${body.offerId}/decline`, { reason: 'willConsider' });
    if (declined.status < 300) this.ledger.offers.declined += 1;
    return false;
  }

  private knows(booking: Booking): Promise<boolean> {
    return verified(booking, this.call.caller.proxy, this.operator, this.ledger);
  }

  private holdsSeatIn({ personId }: Booking, sessionId: string): boolean {
    return this.ledger.active().some((one) => one.personId === personId && one.sessionId === sessionId);
  }

  private async cancel(booking: Booking): Promise<Ending> {
    if (!(await this.knows(booking))) return changed('cancellation', 'answered');
    const reasonCode = this.chance.one(['illness', 'schedule', 'tooFar', 'other']);
    const path = `/reservations/${booking.reservationId}/cancel`;
    const wish = { reasonCode, callId: this.callId };
    const { status, body } = await this.operator.ask<{ revision: number }>('POST', path, wish);
    if (status === 200) Object.assign(booking, { state: 'cancelled', revision: body.revision });
    return changed('cancellation', status === 200 ? 'cancelled' : 'answered');
  }
}
