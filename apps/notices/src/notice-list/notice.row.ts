import type { NoticesEvent } from '#contracts/notices/notices.events.js';
import type { Lane } from '#calendar/arrival.js';

export type NoticeState = 'due' | 'drafted' | 'printed' | 'posted' | 'returned' | 'reissued' | 'voided';
export const NOTICE_STATES: readonly NoticeState[] = [
  ...['due', 'drafted', 'printed', 'posted', 'returned', 'reissued', 'voided'],
] as NoticeState[];

/** A notice as lists show it: a fold of the stream of its reservation. */
export interface NoticeRow {
  readonly notice_id: string;
  readonly reservation_id: string;
  readonly revision: number;
  readonly session_id: string;
  readonly person_id: string;
  readonly person_version: number;
  readonly kind: string;
  readonly replaces: string | null;
  readonly state: NoticeState;
  readonly batch_id: string | null;
  readonly serial_no: number | null;
  readonly warnings: readonly string[];
  readonly postal_code_missing: boolean;
  /** As it was expected when it became due. */
  readonly lane: Lane | null;
  readonly handling: string;
  readonly agreement_number: string | null;
  readonly read_out: boolean;
  /** Epoch milliseconds. */
  readonly due_at: number;
  readonly posted_on: string | null;
  readonly predicted_arrival: string | null;
  readonly reason: string | null;
  readonly reissued_as: string | null;
}

/** Where somebody sits, for those who have to be told when a class or a person changes. */
export interface AttendeeRow {
  readonly reservation_id: string;
  readonly session_id: string;
  readonly person_id: string;
  readonly is_ended: boolean;
}

/** The row after an event of its notice, or nothing when the event is of no notice. */
export function noticeAfter(
  row: NoticeRow | undefined,
  { type, data }: NoticesEvent,
  at: number,
): NoticeRow | undefined {
  if (type === 'NoticeDue') {
    return {
      ...{ notice_id: data.noticeId, reservation_id: data.reservationId, revision: data.reservationRevision },
      ...{ session_id: data.sessionId, person_id: data.personId, person_version: data.personVersion },
      ...{ kind: data.kind, replaces: data.replaces ?? null, state: 'due', batch_id: null, serial_no: null },
      ...{ warnings: [], postal_code_missing: data.postalCodeMissing ?? false, lane: data.expected?.lane ?? null },
      ...{ handling: 'post', agreement_number: null, read_out: false, due_at: at, posted_on: null },
      ...{ predicted_arrival: data.expected?.predictedArrival ?? null, reason: null, reissued_as: null },
    };
  }
  if (row === undefined) return undefined;
  switch (type) {
    case 'NoticeDrafted':
      return { ...row, state: 'drafted', batch_id: data.batchId, serial_no: data.serialNo, warnings: data.warnings };
    case 'NoticeDropped':
      return { ...row, state: 'due', batch_id: null, serial_no: null, warnings: [] };
    case 'NoticeVoided':
      return { ...row, state: 'voided', reason: data.reason };
    case 'NoticeHandlingChosen':
      return { ...row, handling: data.handling, agreement_number: data.agreementNumber ?? null };
    case 'NoticeReadOut':
      return { ...row, read_out: true };
    case 'NoticePrinted':
      return { ...row, state: 'printed' };
    case 'NoticePosted':
      return { ...row, state: 'posted', posted_on: data.postedOn, predicted_arrival: data.predictedArrival ?? null };
    case 'NoticeReturned':
      return { ...row, state: 'returned', reason: data.reason };
    case 'NoticeReissued':
      return { ...row, state: 'reissued', reissued_as: data.newNoticeId };
    default:
      return undefined;
  }
}

/** The row after an event of a reservation's notices; absent while nothing is known of where the person sits. */
export function attendeeAfter(row: AttendeeRow | undefined, { type, data }: NoticesEvent): AttendeeRow | undefined {
  if (type === 'NoticeDue') {
    const { reservationId, sessionId, personId } = data;
    return { reservation_id: reservationId, session_id: sessionId, person_id: personId, is_ended: false };
  }
  if (row === undefined) return undefined;
  const isEnd = type === 'NoticeNotNeeded' || (type === 'NoticeVoided' && /^(cancelled|erased)$/.test(data.reason));
  return isEnd ? { ...row, is_ended: true } : undefined;
}
