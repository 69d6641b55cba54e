import { dateAt, plusDays } from '#calendar/civil-time.js';
import { INQUIRY_CATEGORIES } from '#contracts/inquiries/inquiry-category.js';
import { Refusal } from '#kernel/refusal.js';
import type { DailyReport } from '#office/report/daily-report.js';
import type { Kpi } from '#office/report/paper.js';
import { bookingsByDay, sessionsCapacity } from '../booking/bookings-asked.row.js';
import { callKpis, countsOf } from '../call/call-counts.js';
import { callsBySlot, repeatCalls, seatTimeBySlot, trafficByDay } from '../call/calls-asked.row.js';
import { suppressedCategories } from '../feed/suppressed-inquiries.js';
import { guidanceByDay } from '../guidance/guidance-asked.row.js';
import { complaints, escalations, faqChanges, inquiriesByCategory } from '../inquiry/inquiries-asked.row.js';
import { noticesByDay } from '../notice/notices-asked.row.js';
import type { LedgerReading } from '../query/ledger-reading.js';
import { share, sourcesOf, total, WITHIN, type Query, type Row } from '../query/query.js';
import type { DayNotes, DeskFacts } from '../report/desk-facts.js';
import { dayNoOf, hoursOf, plannedTerms, termOn } from '../report/report-terms.js';

/** Sessions that are listed: those that changed most. */
const LISTED_SESSIONS = 20;

const ESCALATION_STATES: Readonly<Record<string, string>> = {
  opened: '起票',
  confirmed: '責任者確認',
  atCity: '市へ確認中',
  answered: '指示受領',
  calledBack: '折り返し',
  closed: '完了',
};

const QUERIES: readonly Query[] = [
  ...[callsBySlot, trafficByDay, seatTimeBySlot, repeatCalls, bookingsByDay, sessionsCapacity, guidanceByDay],
  ...[inquiriesByCategory, complaints, escalations, faqChanges, noticesByDay],
];

/** What people say of the day beside the numbers. */
export interface AboutTheDay {
  readonly facts: DeskFacts;
  readonly notes: DayNotes;
  /** People of the shift plan of the day. */
  readonly planned?: { readonly supervisors: number; readonly operators: number };
  readonly specimen: boolean;
}

/**
 * 日次報告書 of a civil day. (§5.2, R043)
 * @param today a report of a later day does not exist
 * @throws Refusal `future-day` 409, `nothing-to-report` 404 on a day of which the desk knows nothing
 */
export async function dailyReport(
  reading: LedgerReading,
  date: string,
  today: string,
  about: AboutTheDay,
): Promise<DailyReport & { readonly complaintIds: readonly string[] }> {
  if (date > today) {
    throw new Refusal('future-day', 'conflict', 'この日はまだ来ていません。日次報告書は当日から作成できます。', {
      date,
      today,
    });
  }
  const term = termOn(await plannedTerms(reading), date);
  if (term === undefined) throw nothingToReport(date);
  const day = { from: date, to: date };
  const calls = await reading.ask(callsBySlot, day);
  const [traffic] = await reading.ask(trafficByDay, day);
  const seatTime = await reading.ask(seatTimeBySlot, day);
  const [repeats] = await reading.ask(repeatCalls, day);
  const bookings = await reading.ask(bookingsByDay, day);
  const guidance = await reading.ask(guidanceByDay, day);
  const inquiries = await reading.ask(inquiriesByCategory, day);
  const [notices] = await reading.ask(noticesByDay, day);
  const faq = await reading.ask(faqChanges, day);
  const complained = await reading.ask(complaints, day);
  const counted = [calls, bookings, guidance, inquiries, complained].flat().length;
  if (counted === 0 && notices === undefined && date < term.reception.from) throw nothingToReport(date);
  const guided = guidanceCounts(guidance);
  return {
    date,
    termName: term.title,
    openDay: dayNoOf(term, date),
    ...(about.notes.weather !== undefined && { weather: about.notes.weather }),
    ...(about.notes.remarks !== undefined && { remarks: about.notes.remarks }),
    staffing: {
      supervisors: about.notes.supervisors ?? about.planned?.supervisors ?? null,
      operators: about.notes.operators ?? about.planned?.operators ?? null,
      responsiblePerson: about.facts.responsiblePerson,
    },
    calls: { ...countsOf(calls), busy: traffic === undefined ? null : Number(traffic['busy']) },
    hours: hoursOf(term).map((from) => ({ from, ...hourCounts(calls, from), seats: seatsIn(seatTime, from) })),
    bookings: bookingCounts(bookings),
    sessions: await changedSessions(reading, date),
    guidance: guided,
    inquiries: suppressedCategories(inquiries).map(({ category, count }) => ({
      category: categoryName(category),
      count,
    })),
    faq: {
      added: faq.filter(({ change }) => change === 'added').length,
      revised: faq.filter(({ change }) => change === 'revised').length,
      retired: faq.filter(({ change }) => change === 'retired').length,
    },
    // As they stood at the end of the day, like the seats
    escalations: (await reading.ask(escalations, day, await reading.endOf(date))).map(escalationLine),
    complaints: complained.map((row) => ({
      number: `苦情 第${row['complaint_number']}号`,
      receivedAt: Number(row['received_at']),
      // The words are sealed; they are written in from the sealed record
      ...{ gist: `分類：${categoryName(String(row['category']))}`, handling: '', result: '', prevention: '' },
    })),
    complaintIds: complained.map((row) => String(row['complaint_id'])),
    urgent: complained
      .filter((row) => row['told_at'] !== null)
      .map((row) => ({
        at: Number(row['told_at']),
        ...{ from: about.facts.responsiblePerson, to: '市担当課' },
        gist: `苦情 第${row['complaint_number']}号（申告から${row['minutes_to_reach'] ?? '―'}分）`,
      })),
    notices: {
      drafted: Number(notices?.['drafted'] ?? 0),
      approved: Number(notices?.['approved'] ?? 0),
      printed: Number(notices?.['printed'] ?? 0),
      spoiled: Number(notices?.['spoiled'] ?? 0),
      posted: Number(notices?.['posted'] ?? 0),
      returned: Number(notices?.['returned'] ?? 0),
    },
    incidents: about.notes.incidents ?? null,
    kpis: [...callKpis(calls, seatTime, repeats, WITHIN), guidanceKpi(guided)],
    sources: sourcesOf(QUERIES, reading.asOf.position),
    from: senderOf(about.facts),
    at: Date.parse(reading.asOf.instant ?? '1970-01-01T00:00:00Z'),
    ...(about.specimen && { specimen: true }),
  };
}

function nothingToReport(date: string): Refusal {
  const message = 'この日の記録はありません（最初の期の受付開始前です）。';
  return new Refusal('nothing-to-report', 'not-found', message, { date });
}

export function senderOf(facts: DeskFacts): DailyReport['from'] {
  return {
    organisation: facts.organisation,
    ...(facts.office !== undefined && { office: facts.office }),
    person: facts.responsiblePerson,
    ...(facts.phoneNumber !== undefined && { phoneNumber: facts.phoneNumber }),
  };
}

export function categoryName(code: string): string {
  return (INQUIRY_CATEGORIES as Readonly<Record<string, string>>)[code] ?? code;
}

export function hourCounts(calls: readonly Row[], from: string) {
  const { outOfHours: _, ...counts } = countsOf(calls.filter(({ slot }) => String(slot).startsWith(from.slice(0, 2))));
  return counts;
}

/** Operators at the telephones in an hour, on the average; null when nobody noted it. */
export function seatsIn(seatTime: readonly Row[], from: string): number | null {
  const rows = seatTime.filter(({ slot }) => String(slot).startsWith(from.slice(0, 2)));
  return rows.length === 0 ? null : Math.round(total(rows, 'logged_in_seconds') / 360) / 10;
}

export function bookingCounts(rows: readonly Row[]) {
  return { made: total(rows, 'made'), moved: total(rows, 'moved'), cancelled: total(rows, 'cancelled') };
}

export function guidanceCounts(rows: readonly Row[]) {
  const of = (kind: string) =>
    total(
      rows.filter((row) => row['kind'] === kind),
      'offers',
    );
  return { offered: of('offered'), taken: of('taken'), declined: of('declined') };
}

export function guidanceKpi({ offered, taken }: { offered: number; taken: number }): Kpi {
  return {
    name: '他会場案内成立率',
    value: share(taken, offered),
    kind: 'percent',
    definition:
      '案内した会場（または他の会場）で予約が成立した案内÷満席の開催回への希望に案内した件数（仕様書 6(2)ア）',
    source: guidanceByDay.id,
  };
}

/** 会場別残席: how the sessions stood at the end of the day, and by how much they had changed. */
async function changedSessions(reading: LedgerReading, date: string): Promise<DailyReport['sessions']> {
  const before = await reading.ask(sessionsCapacity, {}, await reading.endOf(plusDays(date, -1)));
  const reservedBefore = new Map(before.map((row) => [row['session_id'], Number(row['reserved'])]));
  const after = await reading.ask(sessionsCapacity, {}, await reading.endOf(date));
  return after
    .map((row) => ({
      sessionCode: String(row['session_code']),
      venueName: String(row['venue_name']),
      courseTitle: String(row['course_title']),
      date: String(row['date']),
      capacity: Number(row['capacity']),
      reserved: Number(row['reserved']),
      change: Number(row['reserved']) - (reservedBefore.get(row['session_id']!) ?? 0),
    }))
    .filter(({ change }) => change !== 0)
    .toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change) || (a.sessionCode < b.sessionCode ? -1 : 1))
    .slice(0, LISTED_SESSIONS);
}

function escalationLine(row: Row): DailyReport['escalations'][number] {
  return {
    number: `照会票 第${row['sheet_number']}号`,
    gist: `分類：${categoryName(String(row['category']))}${row['urgent'] ? '（至急）' : ''}`,
    state: ESCALATION_STATES[String(row['state'])] ?? String(row['state']),
    ...(row['due_at'] !== null && { due: dateAt(Number(row['due_at'])) }),
  };
}
