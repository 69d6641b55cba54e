import type { NoticesEvent } from '#contracts/notices/notices.events.js';
import type { NextNotice, Notices, Seat } from './notice.js';
import { due, inHand, named, replaced, voided } from './telling.policy.js';

// What is heard of a reservation, in whatever order and however often. Streams arrive in any order, so the seat in hand is
// compared with the seat that is told: a move is known by either of its halves.

/** A reservation was made, moved or corrected. */
export interface Seating {
  readonly reservationId: string;
  readonly revision: number;
  readonly seat: Seat;
  /** Whether anything that stands on the card has changed: name or address. (§8.6) */
  readonly isOnCard: boolean;
  /** The class has gone by or is called off: nobody is written to any more. */
  readonly isOver: boolean;
  readonly next: NextNotice;
}

/** Cancelled, or the person's key destroyed. */
export interface Ending {
  readonly reservationId: string;
  readonly reason: 'cancelled' | 'erased';
  /** Of the cancellation; an erasure ends whatever there is. */
  readonly revision?: number;
}

/** The city changed what stands on the card of a class. */
export interface Revising {
  readonly reservationId: string;
  readonly sessionId: string;
  readonly isOver: boolean;
  readonly next: NextNotice;
}

export function seated(told: Seating, state: Notices): NoticesEvent[] {
  const { reservationId, revision, seat, next } = told;
  if (state.isEnded || revision <= state.revision) return [];
  const isMoved = state.seat !== undefined && state.seat.sessionId !== seat.sessionId;
  if (state.seat !== undefined && !isMoved && !told.isOnCard) return [];
  const { open } = state;
  const place = { reservationId, revision, seat };
  if (open !== undefined) {
    const isVoid = voided(open, reservationId, isMoved ? 'moved' : 'corrected');
    return told.isOver ? [isVoid] : [isVoid, due(next, place, open)];
  }
  if (told.isOver) return [];
  const last = inHand(state.posted);
  if (last === undefined) return [due(next, place, { kind: 'first' })];
  return replaced(last, next, place, isMoved ? 'replaced' : undefined);
}

export function ended({ reservationId, reason, revision }: Ending, state: Notices): NoticesEvent[] {
  if (state.isEnded) return [];
  if (state.open !== undefined) return [voided(state.open, reservationId, reason)];
  const reservationRevision = Math.max(1, revision ?? 0, state.revision);
  return [{ type: 'NoticeNotNeeded', data: { reservationId, reservationRevision } }];
}

/**
 * A notice that is only due is written from the plan as it will be then; what was drafted, printed or posted says
 * something else now. (§8.14)
 */
export function sessionRevised({ reservationId, sessionId, isOver, next }: Revising, state: Notices): NoticesEvent[] {
  const { open, seat, revision } = state;
  if (state.isEnded || seat?.sessionId !== sessionId) return [];
  const place = { reservationId, revision, seat };
  if (open?.stage === 'drafted') {
    return [
      { type: 'NoticeDropped', data: { ...named(open, reservationId), batchId: open.batchId!, reason: 'changed' } },
    ];
  }
  if (open?.stage === 'printed') return [voided(open, reservationId, 'sessionRevised'), due(next, place, open)];
  const last = inHand(state.posted);
  if (open !== undefined || last === undefined || isOver) return [];
  return replaced(last, next, place, 'replaced');
}

/** Called off: the person is told by telephone first (一斉連絡); the reservation stays until it is moved or cancelled. */
export function sessionCalledOff(
  { reservationId, sessionId }: { readonly reservationId: string; readonly sessionId: string },
  { open, seat, isEnded }: Notices,
): NoticesEvent[] {
  if (isEnded || open === undefined || seat?.sessionId !== sessionId) return [];
  return [voided(open, reservationId, 'calledOff')];
}
