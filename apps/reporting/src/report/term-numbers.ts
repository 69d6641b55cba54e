import { plusDays } from '#calendar/civil-time.js';
import { sessionsCapacity, bookingsByDay } from '../booking/bookings-asked.row.js';
import { callsBySlot, repeatCalls, seatTimeBySlot, trafficByDay } from '../call/calls-asked.row.js';
import { guidanceByDay } from '../guidance/guidance-asked.row.js';
import { inquiriesByCategory } from '../inquiry/inquiries-asked.row.js';
import { noticesByDay, noticesProgress } from '../notice/notices-asked.row.js';
import type { PlannedTerm } from '../plan/plan.row.js';
import type { LedgerReading } from '../query/ledger-reading.js';
import type { Query, Row } from '../query/query.js';

/** Everything that a report of a term is made of, each asked once. */
export interface TermNumbers {
  readonly term: PlannedTerm;
  /** Calls from the first open day until the next term begins: what comes after closing is 時間外. */
  readonly calls: readonly Row[];
  readonly traffic: readonly Row[];
  readonly seatTime: readonly Row[];
  readonly repeats: Row | undefined;
  /** Of the term's sessions, on whatever day. */
  readonly bookings: readonly Row[];
  readonly sessions: readonly Row[];
  readonly guidance: readonly Row[];
  readonly inquiries: readonly Row[];
  readonly notices: readonly Row[];
  readonly progress: readonly Row[];
}

export const TERM_QUERIES: readonly Query[] = [
  ...[callsBySlot, trafficByDay, seatTimeBySlot, repeatCalls, bookingsByDay, sessionsCapacity, guidanceByDay],
  ...[inquiriesByCategory, noticesByDay, noticesProgress],
];

/** @param next the term after it, if there is one */
export async function numbersOf(reading: LedgerReading, term: PlannedTerm, next?: PlannedTerm): Promise<TermNumbers> {
  const days = { from: term.reception.from, ...(next && { to: plusDays(next.reception.from, -1) }) };
  const ofTerm = { termId: term.termId };
  return {
    term,
    calls: await reading.ask(callsBySlot, days),
    traffic: await reading.ask(trafficByDay, days),
    seatTime: await reading.ask(seatTimeBySlot, days),
    repeats: (await reading.ask(repeatCalls, days))[0],
    bookings: await reading.ask(bookingsByDay, ofTerm),
    sessions: await reading.ask(sessionsCapacity, ofTerm),
    guidance: await reading.ask(guidanceByDay, ofTerm),
    inquiries: await reading.ask(inquiriesByCategory, ofTerm),
    notices: await reading.ask(noticesByDay, ofTerm),
    progress: await reading.ask(noticesProgress, ofTerm),
  };
}

/** The term after another by the day its telephones open. */
export function termAfter(all: readonly PlannedTerm[], term: PlannedTerm): PlannedTerm | undefined {
  return all.find(({ reception }) => reception.from > term.reception.from);
}
