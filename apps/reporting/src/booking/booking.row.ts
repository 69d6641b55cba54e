import { versionTable, type VersionTable } from '../ledger/versions.js';

/** Who sits where, version by version; ids only. */
export const SEAT: VersionTable = { table: 'seat', key: 'seat_id' };

export interface SeatRow {
  readonly session_id: string;
  readonly reservation_id: string;
  readonly revision: number;
  readonly person_id: string;
  readonly person_version: number;
  readonly party_id: string | null;
  readonly channel: string | null;
  /** Cancelled, or moved elsewhere. */
  readonly gone: boolean;
}

/** 追加, 取消, 会場変更（転出・転入）, 申込内容の訂正. */
export type BookingKind = 'made' | 'movedOut' | 'movedIn' | 'cancelled' | 'corrected';

/** One event of a reservation, as it is counted. */
export interface BookingRow {
  readonly p: number;
  readonly seq: number;
  readonly at: string;
  /** The day it counts for: that of `receivedAt` where there is one. */
  readonly day: string;
  readonly kind: BookingKind;
  readonly session_id: string;
  readonly reservation_id: string;
  readonly revision: number;
  readonly channel: string | null;
  readonly reason: string | null;
  readonly call_id: string | null;
  readonly received_at: string;
}

export function bookingTables(schema: string): string {
  return `
    ${versionTable(
      schema,
      SEAT,
      `session_id uuid not null, reservation_id uuid not null, revision integer not null, person_id uuid not null,
       person_version integer not null, party_id uuid, channel text, gone boolean not null`,
    )};
    create index seat_session on ${schema}.seat (session_id);
    create table ${schema}.booking (
      p integer not null,
      seq bigint not null,
      at timestamptz not null,
      day text collate "C" not null,
      kind text not null,
      session_id uuid not null,
      reservation_id uuid not null,
      revision integer not null,
      channel text,
      reason text,
      call_id uuid,
      received_at timestamptz not null,
      primary key (p, seq)
    );
    create index booking_session on ${schema}.booking (session_id);
    create index booking_reservation on ${schema}.booking (reservation_id);
    create index booking_day on ${schema}.booking (day)`;
}
