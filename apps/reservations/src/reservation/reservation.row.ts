import type { SideTable, SideWrite } from '#platform/log/side-table.js';

const placeTable: SideTable = {
  name: 'reservation_place',
  key: { reservation_id: 'uuid' },
  columns: {
    session_id: 'uuid',
    revision: 'integer',
    state: 'text',
    receipt_number: 'text',
    term_id: 'uuid',
    person_id: 'uuid',
    person_version: 'integer',
    party_id: 'uuid',
    channel: 'text',
  },
};

/** Where a reservation is now: how a command finds its lane (design §4). */
export interface PlaceRow {
  readonly reservation_id: string;
  readonly session_id: string;
  readonly revision: number;
  readonly state: 'active' | 'cancelled';
  readonly receipt_number: string;
  readonly term_id: string;
  readonly person_id: string;
  readonly person_version: number;
  readonly party_id: string | null;
  readonly channel: string;
}

export const PLACE_COLUMNS = `reservation_id, session_id, revision, state, receipt_number, term_id, person_id, person_version,
  party_id, channel`;

export function placeRow({ reservation_id, ...row }: PlaceRow): SideWrite {
  return { table: placeTable, key: { reservation_id }, row: { ...row } };
}
