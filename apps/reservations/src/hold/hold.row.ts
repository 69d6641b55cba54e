import type { SideTable, SideWrite } from '#platform/log/side-table.js';
import type { ReservationsEvent } from '#contracts/reservations/reservations.events.js';
import type { ClassSession } from '../class-session/class-session.js';

const holdTable: SideTable = {
  name: 'hold',
  key: { hold_id: 'uuid' },
  columns: { session_id: 'uuid', expires_at: 'bigint' },
};

/** Where each hold that the events touch is now, and until when; a hold keeps its row for the late ones. */
export function holdRows(sessionId: string, events: readonly ReservationsEvent[], after: ClassSession): SideWrite[] {
  const touched = new Set(
    events.flatMap(({ data }) => ('holdId' in data && data.holdId !== undefined ? [data.holdId] : [])),
  );
  return [...touched].map((holdId) => {
    const hold = after.holds.get(holdId);
    // NEVER: nothing is left for the sweeper to lapse
    return {
      table: holdTable,
      key: { hold_id: holdId },
      row: { session_id: sessionId, expires_at: hold?.expiresAt ?? NEVER },
    };
  });
}

/** The expiry of a hold that is over. */
export const NEVER = Number.MAX_SAFE_INTEGER;
