import { versionTable, type VersionTable } from '../ledger/versions.js';

export const INQUIRY: VersionTable = { table: 'inquiry', key: 'inquiry_id' };
export const ESCALATION: VersionTable = { table: 'escalation', key: 'escalation_id' };
export const COMPLAINT: VersionTable = { table: 'complaint', key: 'complaint_id' };
export const FAQ: VersionTable = { table: 'faq', key: 'faq_id' };
export const CALLBACK: VersionTable = { table: 'callback', key: 'callback_id' };

/** A question that was recorded or only tallied. What was asked is not in here. */
export interface InquiryRow {
  readonly term_id: string;
  readonly day: string;
  readonly channel: string;
  readonly category: string;
  /** Null of a tally. */
  readonly outcome: string | null;
  /** 一次解決; null of a tally. */
  readonly resolved_at_once: boolean | null;
  readonly tallied: boolean;
  readonly unlisted: boolean;
  readonly undone: boolean;
  readonly received_at: string;
  /** 重要な記録: handed over to the city. (R041) */
  readonly handover: boolean;
  /** What was asked stands sealed in inquiries. */
  readonly noted: boolean;
}

export interface EscalationRow {
  readonly term_id: string;
  readonly sheet_number: number;
  readonly category: string;
  readonly urgent: boolean;
  readonly state: 'opened' | 'confirmed' | 'atCity' | 'answered' | 'calledBack' | 'closed';
  readonly opened_at: string;
  readonly day: string;
  readonly due_at: string | null;
  readonly closed_at: string | null;
}

export interface ComplaintRow {
  readonly term_id: string;
  readonly complaint_number: number;
  readonly category: string;
  readonly day: string;
  readonly received_at: string;
  readonly report_by: string;
  readonly reported_at: string | null;
  readonly report_date: string | null;
  readonly on_time: boolean | null;
  readonly urgent: boolean;
  readonly told_at: string | null;
  readonly told_means: string | null;
  readonly minutes_to_reach: number | null;
  readonly result: string | null;
}

/** An entry of the FAQ, which anyone may read, with what its last event did to it. */
export interface FaqRow {
  readonly question: string;
  readonly category: string;
  readonly published: number;
  readonly change: 'added' | 'revised' | 'retired' | null;
  readonly day: string;
}

export interface CallbackRow {
  readonly reservation_id: string | null;
  readonly cause: string;
  readonly day: string;
  readonly result: string | null;
}

export function inquiryTables(schema: string): string {
  return `
    ${versionTable(
      schema,
      INQUIRY,
      `term_id uuid not null, day text collate "C" not null, channel text not null, category text not null, outcome text,
       resolved_at_once boolean, tallied boolean not null, unlisted boolean not null, undone boolean not null,
       received_at timestamptz not null, handover boolean not null, noted boolean not null`,
    )};
    create index inquiry_day on ${schema}.inquiry (day);
    ${versionTable(
      schema,
      ESCALATION,
      `term_id uuid not null, sheet_number integer not null, category text not null, urgent boolean not null,
       state text not null, opened_at timestamptz not null, day text collate "C" not null, due_at timestamptz,
       closed_at timestamptz`,
    )};
    ${versionTable(
      schema,
      COMPLAINT,
      `term_id uuid not null, complaint_number integer not null, category text not null, day text collate "C" not null,
       received_at timestamptz not null, report_by timestamptz not null, reported_at timestamptz, report_date text,
       on_time boolean, urgent boolean not null, told_at timestamptz, told_means text, minutes_to_reach integer,
       result text`,
    )};
    ${versionTable(
      schema,
      FAQ,
      'question text not null, category text not null, published integer not null, change text, day text collate "C" not null',
    )};
    ${versionTable(
      schema,
      CALLBACK,
      'reservation_id uuid, cause text not null, day text collate "C" not null, result text',
    )};
    create index callback_reservation on ${schema}.callback (reservation_id)`;
}
