import type { SideTable, SideWrite } from '#platform/log/side-table.js';
import type { ContactList } from './contact-list.decider.js';

const contactListTable: SideTable = {
  name: 'contact_list',
  key: { contact_list_id: 'uuid' },
  columns: { session_id: 'uuid', cause: 'text', started_at: 'bigint', reservations: 'jsonb' },
};

export interface ContactListRow {
  readonly contact_list_id: string;
  readonly session_id: string;
  readonly cause: string;
  /** Epoch milliseconds. */
  readonly started_at: number;
  readonly reservations: readonly { readonly reservationId: string; readonly attempts: readonly string[] }[];
}

export function contactListRow({ started, attempts }: ContactList, startedAt: number): SideWrite {
  const { contactListId, sessionId, cause, reservationIds } = started!;
  const reservations = reservationIds.map((reservationId) => ({
    reservationId,
    attempts: attempts[reservationId] ?? [],
  }));
  return {
    table: contactListTable,
    key: { contact_list_id: contactListId },
    row: { session_id: sessionId, cause, started_at: startedAt, reservations: JSON.stringify(reservations) },
  };
}
