import { businessDays } from '#calendar/business-days.js';
import { plusDays } from '#calendar/civil-time.js';
import type { RosterChange } from '#office/report/desk-paper-data.js';
import { senderOf } from '../daily-report/daily-report.js';
import type { LedgerReading } from '../query/ledger-reading.js';
import type { Row } from '../query/query.js';
import type { DeskFacts } from '../report/desk-facts.js';
import type { BookingKind } from '../booking/booking.row.js';
import { rosterChanges } from './roster-asked.row.js';
import { CHANNELS, namelessRosters } from './rosters.js';

const KINDS: Readonly<Record<BookingKind, RosterChange['changes'][number]['kind']>> = {
  made: '追加',
  cancelled: '取消',
  movedOut: '会場変更（転出）',
  movedIn: '会場変更（転入）',
  corrected: '申込内容の訂正',
};

/** By how many business days before the class a change is told the same day. (§8.13) */
const SAME_DAY_WITHIN = 2;

/** A change of a frozen roster: what the city is told; the receipt number is asked for when the paper is written. */
export interface ChangedRoster {
  readonly session: Row;
  readonly version: number;
  readonly countAfter: number;
  readonly changes: readonly ChangedSeat[];
}

export interface ChangedSeat {
  readonly reservation_id: string;
  readonly kind: BookingKind;
  readonly channel: string | null;
  readonly received_at: number;
  readonly version: number;
}

/** What changed in a session after 名簿確定, in order. Undefined when the session is none. */
export async function changedRoster(reading: LedgerReading, sessionId: string): Promise<ChangedRoster | undefined> {
  const [roster] = await namelessRosters(reading, { sessionId });
  if (roster === undefined) return undefined;
  const changes = await reading.ask<ChangedSeat>(rosterChanges, { sessionId });
  return { session: roster.session, version: roster.version, countAfter: roster.seats.length, changes };
}

/**
 * 名簿変更連絡票 of the versions after `since`.
 * @param since the version that the city has; 1 is what was frozen
 * @param today a civil day
 * @returns undefined when nothing changed since
 */
export function rosterChangeOf(
  changed: ChangedRoster,
  since: number,
  receipts: ReadonlyMap<string, string>,
  about: { readonly facts: DeskFacts; readonly specimen: boolean; readonly today: string; readonly at: number },
): RosterChange | undefined {
  const changes = changed.changes.filter(({ version }) => version > since);
  if (changes.length === 0) return undefined;
  const { session } = changed;
  const seats = changes.reduce((sum, { kind }) => sum + difference(kind), 0);
  return {
    number: `${session['session_code']}-v${changed.version}`,
    sessionCode: String(session['session_code']),
    courseTitle: String(session['course_title']),
    venueName: String(session['venue_name']),
    dates: session['dates'] as RosterChange['dates'],
    fromVersion: since,
    toVersion: changed.version,
    countBefore: changed.countAfter - seats,
    countAfter: changed.countAfter,
    changes: changes.map(({ reservation_id, kind, channel, received_at }) => ({
      kind: KINDS[kind],
      receiptNumber: receipts.get(reservation_id) ?? '',
      receivedAt: received_at,
      channel: (channel === null ? undefined : CHANNELS[channel]) ?? '電話',
    })),
    sameDay: isSoon(String(session['date']), about.today),
    from: senderOf(about.facts),
    at: about.at,
    ...(about.specimen && { specimen: true }),
  };
}

/** Whether the class is today, or within so many business days from today. */
export function isSoon(classDate: string, today: string): boolean {
  if (classDate < today) return false;
  return businessDays(plusDays(today, 1), classDate).length <= SAME_DAY_WITHIN;
}

function difference(kind: BookingKind): number {
  if (kind === 'made' || kind === 'movedIn') return 1;
  return kind === 'cancelled' || kind === 'movedOut' ? -1 : 0;
}
