import type { SideTable, SideWrite } from '#platform/log/side-table.js';

const packTable: SideTable = {
  name: 'paper_pack',
  key: { pack_id: 'uuid' },
  columns: { date: 'date', term_id: 'uuid', state: 'text', forms: 'integer', tokens: 'jsonb', printed_at: 'bigint' },
};

/** One seat on paper: whoever has the slip has the seat. */
export interface SeatToken {
  /** `T-007`, as printed. */
  readonly token: string;
  readonly holdId: string;
  readonly sessionId: string;
}

export interface PackRow {
  readonly pack_id: string;
  readonly date: string;
  readonly term_id: string;
  readonly state: 'printed' | 'returned';
  readonly forms: number;
  readonly tokens: readonly SeatToken[];
  /** Epoch milliseconds. */
  readonly printed_at: number;
}

export const PACK_COLUMNS = 'pack_id, date::text, term_id, state, forms, tokens, printed_at';

export function packRow({ pack_id, tokens, ...row }: PackRow): SideWrite {
  return { table: packTable, key: { pack_id }, row: { ...row, tokens: JSON.stringify(tokens) } };
}
