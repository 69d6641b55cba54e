import { dateAt } from '#calendar/civil-time.js';
import { Refusal } from '#kernel/refusal.js';
import type { Tally } from '#office/report/tally.js';
import { callKpis, countsOf } from '../call/call-counts.js';
import {
  bookingCounts,
  categoryName,
  guidanceCounts,
  guidanceKpi,
  hourCounts,
  seatsIn,
} from '../daily-report/daily-report.js';
import { suppressedInquiries } from '../feed/suppressed-inquiries.js';
import type { LedgerReading } from '../query/ledger-reading.js';
import { sourcesOf, WITHIN, type Row } from '../query/query.js';
import type { DeskFacts } from '../report/desk-facts.js';
import { dayNoOf, hoursOf, openDaysOf, plannedTerm, plannedTerms } from '../report/report-terms.js';
import { numbersOf, TERM_QUERIES, termAfter } from '../report/term-numbers.js';

/**
 * 日別集計結果 of a term: a row for every open day, and for every other day on which something was counted, so that the rows add
 * up to the term. (R042)
 * @throws Refusal `not-found`; `future-day` 409 before the telephones open
 */
export async function tallyOf(
  reading: LedgerReading,
  termId: string,
  about: { facts: DeskFacts; specimen: boolean },
  now: number,
): Promise<Tally> {
  const term = await plannedTerm(reading, termId);
  const numbers = await numbersOf(reading, term, termAfter(await plannedTerms(reading), term));
  const { calls, bookings, inquiries, seatTime, guidance, repeats } = numbers;
  if (term.reception.from > dateAt(now) && bookings.length === 0 && calls.length === 0) {
    throw new Refusal('future-day', 'conflict', 'この期の受付はまだ始まっていません。', { from: term.reception.from });
  }
  const counted = [calls, bookings, inquiries].flat().map(({ day }) => String(day));
  const days = [...new Set([...openDaysOf(term), ...counted])].toSorted();
  const categories = [...new Set(inquiries.map(({ category }) => String(category)))].toSorted();
  const shown = suppressedInquiries(inquiries);
  const on = (rows: readonly Row[], date: string) => rows.filter(({ day }) => day === date);
  return {
    termName: term.title,
    from: term.reception.from,
    until: term.reception.to,
    days: days.map((date) => ({
      openDay: dayNoOf(term, date),
      ...{ date, ...countsOf(on(calls, date)), ...bookingCounts(on(bookings, date)) },
      inquiries: categories.map((category) => {
        const cell = on(shown, date).find((row) => row['category'] === category);
        return cell === undefined ? 0 : (cell['inquiries'] as number | null);
      }),
    })),
    categories: categories.map(categoryName),
    hours: days
      .filter((date) => openDaysOf(term).includes(date) || on(calls, date).length > 0)
      .flatMap((date) =>
        hoursOf(term).map((from) => ({
          date,
          from,
          ...hourCounts(on(calls, date), from),
          seats: seatsIn(on(seatTime, date), from),
        })),
      ),
    kpis: [...callKpis(calls, seatTime, repeats, WITHIN), guidanceKpi(guidanceCounts(guidance))],
    sources: sourcesOf(TERM_QUERIES, reading.asOf.position),
    author: about.facts.organisation,
    at: Date.parse(reading.asOf.instant ?? '1970-01-01T00:00:00Z'),
    ...(about.specimen && { specimen: true }),
  };
}
