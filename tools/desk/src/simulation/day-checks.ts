import { check, type Check } from './check.js';
import type { SeatEvidence as Evidence } from './evidence.js';
import type { FoldedLog } from './log-fold.js';
import type { BoardSession } from './schedule.js';

export function dayChecks(evidence: Evidence): Check[] {
  return [
    nobodyOverbooked(evidence),
    nobodyTwice(evidence),
    seatsAsCallersKnow(evidence),
    bookingsAsCallersKnow(evidence),
    receiptsUnique(evidence),
    screensSawIt(evidence),
    seatsAtTheEnd(evidence),
    ...(evidence.log === undefined ? [] : seatsFoldOfTheLog(evidence, evidence.log)),
    check('nothing-unexpected', 'every answer was one that a caller may get', evidence.ledger.surprises),
  ];
}

function nobodyOverbooked({ board, log }: Evidence): Check {
  const now = board.filter(({ capacity, reserved, held }) => reserved + held > capacity).map(codeOf);
  const ever = log?.overbooked ?? [];
  return check('nobody-overbooked', `${board.length} sessions${log ? ' and every event of the log' : ''}`, [
    ...now,
    ...ever,
  ]);
}

function nobodyTwice({ ledger, log }: Evidence): Check {
  const seen = new Set<string>();
  const twice = ledger.active().filter(({ who, sessionId }) => seen.size === seen.add(`${who}/${sessionId}`).size);
  const wrong = [...twice.map(({ receiptNumber }) => receiptNumber), ...(log?.twice ?? [])];
  return check('nobody-twice', `${ledger.active().length} bookings of made-up people`, wrong);
}

/** The board has gained, session by session, what the callers booked there. */
function seatsAsCallersKnow({ ledger, before, board }: Evidence): Check {
  const booked = new Map<string, number>();
  for (const { sessionId } of ledger.active()) booked.set(sessionId, (booked.get(sessionId) ?? 0) + 1);
  const held = new Map<string, number>();
  for (const { sessionId, seats } of ledger.leftHolds) held.set(sessionId, (held.get(sessionId) ?? 0) + seats);
  const start = new Map(before.map((session) => [session.sessionId, session]));
  const wrong = board.flatMap(({ sessionId, sessionCode, reserved, held: heldNow, capacity, seatsLeft }) => {
    const expected = (start.get(sessionId)?.reserved ?? 0) + (booked.get(sessionId) ?? 0);
    const mostHeld = (start.get(sessionId)?.held ?? 0) + (held.get(sessionId) ?? 0);
    if (reserved !== expected) return [`${sessionCode} has ${reserved} reserved, not ${expected}`];
    // Forgotten holds lapse by themselves in the meantime
    if (heldNow > mostHeld) return [`${sessionCode} has ${heldNow} held, not ${mostHeld}`];
    return seatsLeft === Math.max(0, capacity - reserved - heldNow) ? [] : [`${sessionCode} has ${seatsLeft} left`];
  });
  return check('seats-as-the-callers-know', `${ledger.active().length} seats in ${booked.size} sessions`, wrong);
}

function bookingsAsCallersKnow({ ledger, reservations }: Evidence): Check {
  const wrong = ledger.bookings.flatMap((booking) => {
    const found = reservations.get(booking.reservationId);
    const same = (['sessionId', 'receiptNumber', 'personId', 'state', 'revision'] as const).every(
      (field) => found?.[field] === booking[field],
    );
    return same ? [] : [booking.receiptNumber];
  });
  return check('bookings-as-the-callers-know', `${ledger.bookings.length} bookings asked for one by one`, wrong);
}

function receiptsUnique({ ledger }: Evidence): Check {
  const numbers = ledger.bookings.map(({ receiptNumber }) => receiptNumber);
  const wrong = numbers.filter((one, nth) => numbers.indexOf(one) !== nth || !/^\d{8}$/.test(one));
  return check('receipts-unique', `${numbers.length} receipt numbers`, wrong);
}

function screensSawIt({ screen, board }: Evidence): Check {
  const wrong = board.filter((session) => {
    const seen = screen.get(session.sessionId);
    return seen !== undefined && seats(seen) !== seats(session);
  });
  return check('screens-saw-it', `${screen.size} sessions on a screen that was open all day`, wrong.map(codeOf));
}

function seatsAtTheEnd({ board, atTheEnd }: Evidence): Check {
  const wrong = board.filter((session) => seats(atTheEnd.get(session.sessionId)) !== seats(session));
  return check('seats-as-the-past-tells', `${board.length} sessions at the last instant`, wrong.map(codeOf));
}

function seatsFoldOfTheLog({ board, ledger }: Evidence, log: FoldedLog): Check[] {
  const wrong = board.filter(({ sessionId, reserved, held }) => {
    const folded = log.sessions.get(sessionId);
    return folded?.reserved !== reserved || folded.held !== held;
  });
  const misplaced = ledger.bookings.filter(
    ({ reservationId, sessionId, state }) =>
      log.places.get(reservationId) !== (state === 'active' ? sessionId : undefined),
  );
  const offers =
    log.offersMade === ledger.offers.made ? [] : [`${log.offersMade} in the log, not ${ledger.offers.made}`];
  return [
    check('seats-fold-of-the-log', `${board.length} sessions against ${log.events} events`, wrong.map(codeOf)),
    check(
      'bookings-fold-of-the-log',
      `${ledger.bookings.length} bookings`,
      misplaced.map(({ receiptNumber }) => receiptNumber),
    ),
    check('offers-in-the-log', `${ledger.offers.made} offers`, offers),
  ];
}

const codeOf = ({ sessionCode }: BoardSession) => sessionCode;
const seats = (session: BoardSession | undefined) =>
  session && `${session.reserved}/${session.held}/${session.capacity}`;
