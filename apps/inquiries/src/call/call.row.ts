import type { SideTable, SideWrite } from '#platform/log/side-table.js';
import type { Call } from './call.js';

/** Calls of screens that still look for their line in the telephone system. */
const seenTable: SideTable = {
  name: 'seen_call',
  key: { call_id: 'uuid' },
  columns: { answered_at: 'bigint', member: 'uuid' },
};

/** Which call the lines of the telephone system belong to, where it is not one of their own. */
const lineTable: SideTable = { name: 'call_line', key: { line_call_id: 'uuid' }, columns: { call_id: 'uuid' } };

/** @param member the telephone on the desk, where the screen told it */
export function seenRow(callId: string, { told, facts, account }: Call, member?: string): SideWrite[] {
  const looks = told?.source === 'screen' && told.answer !== undefined && facts.length === 0 && !account?.struck;
  if (!looks) return [{ table: seenTable, key: { call_id: callId } }];
  const row = { answered_at: Date.parse(told.answer!.answeredAt), member: member ?? null };
  return [{ table: seenTable, key: { call_id: callId }, row }];
}

export function lineRow(lineCallId: string, callId: string): SideWrite {
  return { table: lineTable, key: { line_call_id: lineCallId }, row: { call_id: callId } };
}

export interface SeenRow {
  readonly call_id: string;
  /** Epoch milliseconds. */
  readonly answered_at: number;
  readonly member: string | null;
}
