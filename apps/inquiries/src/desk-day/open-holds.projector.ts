import { asReservationsEvent, readReservationsEvent } from '#plan/plan.projector.js';
import type { Projection } from '#platform/subscription/subscriber.js';

export const OPEN_HOLDS = 'open-holds';

/** Seats that are held (仮押さえ) and neither booked nor let go: at the day's end there must be none. (§4.2) */
export const openHolds: Projection = {
  kind: 'projection',
  name: OPEN_HOLDS,
  sources: ['reservations'],
  codeVersion: 1,
  tables: (schema) => `
    create table ${schema}.hold (
      hold_id uuid primary key, session_id uuid not null, seats integer not null, expires_at timestamptz not null
    )`,
  read: readReservationsEvent,
  apply: async (batch, { client, schema }) => {
    const held = new Map<string, { session_id: string; seats: number; expires_at: string }>();
    const longer = new Map<string, string>();
    const over = new Set<string>();
    for (const { type, data } of batch.map(asReservationsEvent)) {
      if (type === 'SeatHeld') {
        held.set(data.holdId, { session_id: data.sessionId, seats: data.seats, expires_at: data.expiresAt });
      } else if (type === 'HoldExtended') longer.set(data.holdId, data.expiresAt);
      else if (type === 'HoldReleased') over.add(data.holdId);
      else if ((type === 'ReservationMade' || type === 'ReservationMovedIn') && data.holdId) over.add(data.holdId);
    }
    // a hold and its end are in one stream, so within the batch too the end comes last
    const rows = [...held].filter(([holdId]) => !over.has(holdId)).map(([hold_id, row]) => ({ hold_id, ...row }));
    if (rows.length > 0) {
      await client.query(
        `insert into ${schema}.hold select * from jsonb_populate_recordset(null::${schema}.hold, $1::jsonb)
         on conflict (hold_id) do nothing`,
        [JSON.stringify(rows)],
      );
    }
    for (const [holdId, until] of longer) {
      await client.query(`update ${schema}.hold set expires_at = $2 where hold_id = $1`, [holdId, until]);
    }
    if (over.size > 0) await client.query(`delete from ${schema}.hold where hold_id = any ($1)`, [[...over]]);
  },
};
