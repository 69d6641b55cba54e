import { versionTable, type VersionTable } from '../ledger/versions.js';

/** Every notice and every batch, version by version. */
export const NOTICE: VersionTable = { table: 'notice', key: 'notice_id' };
export const BATCH: VersionTable = { table: 'batch', key: 'batch_id' };

export interface NoticeRow {
  readonly reservation_id: string;
  readonly session_id: string;
  readonly kind: 'first' | 'replacement' | 'reissue';
  readonly state: 'due' | 'drafted' | 'printed' | 'posted' | 'voided' | 'returned';
  readonly lane: 'normal' | 'late' | 'tooLate' | null;
  /** お届け期限 and お届け見込み日; null where the desk had no posting settings. */
  readonly arrive_by: string | null;
  readonly predicted_arrival: string | null;
  readonly batch_id: string | null;
  readonly due_on: string;
  readonly drafted_on: string | null;
  readonly printed_on: string | null;
  readonly posted_on: string | null;
  readonly returned_on: string | null;
  readonly return_reason: string | null;
  readonly reissued: boolean;
}

export interface BatchRow {
  readonly batch_number: number;
  readonly cards: number;
  readonly prepared_on: string;
  readonly approved: number;
  readonly approved_on: string | null;
  readonly good: number;
  readonly spoiled: number;
  readonly reprinted: number;
  readonly printed_on: string | null;
  readonly posted: number;
  readonly posted_on: string | null;
  readonly postage_yen: number;
}

export function noticeTables(schema: string): string {
  return `
    ${versionTable(
      schema,
      NOTICE,
      `reservation_id uuid not null, session_id uuid not null, kind text not null, state text not null, lane text,
       arrive_by text, predicted_arrival text, batch_id uuid, due_on text not null, drafted_on text, printed_on text, posted_on text,
       returned_on text, return_reason text, reissued boolean not null`,
    )};
    create index notice_session on ${schema}.notice (session_id);
    create index notice_batch on ${schema}.notice (batch_id);
    create index notice_reservation on ${schema}.notice (reservation_id);
    ${versionTable(
      schema,
      BATCH,
      `batch_number integer not null, cards integer not null, prepared_on text not null, approved integer not null,
       approved_on text, good integer not null, spoiled integer not null, reprinted integer not null, printed_on text,
       posted integer not null, posted_on text, postage_yen integer not null`,
    )}`;
}
