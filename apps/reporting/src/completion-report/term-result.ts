import { weekdayName } from '#calendar/japanese-date.js';
import type { Filling, TermResult } from '#office/report/completion-report.js';
import { averagesOf, countsOf } from '../call/call-counts.js';
import { bookingCounts, categoryName, guidanceCounts, hourCounts, seatsIn } from '../daily-report/daily-report.js';
import { suppressedCategories } from '../feed/suppressed-inquiries.js';
import { share, total, type Row } from '../query/query.js';
import { hoursOf, openDaysOf } from '../report/report-terms.js';
import type { TermNumbers } from '../report/term-numbers.js';
import { seatsFor } from '../staffing/erlang-c.policy.js';
import { USUAL_TARGET } from '../staffing/seat-plan.policy.js';

const WEEKDAYS = ['月', '火', '水', '木', '金'];

/** 期別実績: what a term came to. (R050) */
export function termResult(numbers: TermNumbers): TermResult {
  const { term, calls, traffic, seatTime, bookings, guidance, sessions, notices, progress, inquiries } = numbers;
  const open = openDaysOf(term);
  const days = open.map((date) => ({ date, ...callsOn(calls, date) }));
  const busiest = days.toSorted((a, b) => b.offered - a.offered)[0];
  const averages = averagesOf(calls);
  return {
    termName: term.title,
    from: term.reception.from,
    until: term.reception.to,
    openDays: open.length,
    calls: { ...countsOf(calls), busy: traffic.length === 0 ? null : total(traffic, 'busy') },
    busiestDay:
      busiest === undefined || busiest.offered === 0 ? null : { date: busiest.date, offered: busiest.offered },
    days,
    hours: hoursOf(term).map((from) => {
      const counts = hourCounts(calls, from);
      const perDay = share(counts.offered, open.length) ?? 0;
      const aht = averages.handling ?? USUAL_TARGET.aht;
      const need = seatsFor({ calls: perDay, minutes: 60, aht }, USUAL_TARGET.serviceLevel, USUAL_TARGET.within);
      const staffedDays = new Set(seatTime.map(({ day }) => day)).size;
      const seats = seatsIn(seatTime, from);
      return {
        from,
        ...counts,
        seats: seats === null ? null : Math.round((seats / staffedDays) * 10) / 10,
        seatsNeeded: need.seats,
      };
    }),
    weekdays: WEEKDAYS.map((weekday) => ({
      weekday,
      ...withoutOutOfHours(countsOf(calls.filter(({ day }) => weekdayName(String(day)) === weekday))),
    })),
    averages: {
      ...{ wait: averages.wait, talk: averages.talk },
      ...{ afterCallWork: averages.afterCallWork, handling: averages.handling },
    },
    bookings: bookingCounts(bookings),
    guidance: guidanceCounts(guidance),
    venues: fillings(sessions, 'venue_name'),
    courses: fillings(sessions, 'course_title'),
    notices: {
      printed: total(notices, 'printed'),
      spoiled: total(notices, 'spoiled'),
      posted: total(progress, 'posted'),
      onTime: total(progress, 'on_time'),
      returned: total(progress, 'returned'),
      reissued: total(progress, 'reissued'),
      postage: total(notices, 'postage_yen'),
    },
    inquiries: suppressedCategories(inquiries).map(({ category, count }) => ({
      category: categoryName(category),
      count,
    })),
  };
}

function callsOn(calls: readonly Row[], date: string) {
  return withoutOutOfHours(countsOf(calls.filter(({ day }) => day === date)));
}

function withoutOutOfHours(counts: ReturnType<typeof countsOf>) {
  const { outOfHours: _, ...rest } = counts;
  return rest;
}

/** 定員 and 予約数 by venue or course; never suppressed. (§8.27) */
function fillings(sessions: readonly Row[], by: string): Filling[] {
  const names = [...new Set(sessions.map((row) => String(row[by])))].toSorted();
  return names.map((name) => {
    const own = sessions.filter((row) => row[by] === name && row['state'] !== 'calledOff');
    return { name, sessions: own.length, capacity: total(own, 'capacity'), reserved: total(own, 'reserved') };
  });
}
