import { plainArray } from '#platform/log/array-literal.js';
import type { Queryable } from '#platform/log/event-log.js';
import type { BoardSession } from '../seat-board/board-session.row.js';
import { BOARD_COLUMNS, boardFrom, boardSession, type BoardRow } from '../seat-board/board.row.js';
import type { Candidate } from './alternatives.policy.js';

/** The session that was asked for, and every other that has not begun and may have that many seats. */
export async function readCandidates(
  db: Queryable,
  schema: string,
  { sessionId, now, seats }: { readonly sessionId: string; readonly now: string; readonly seats: number },
): Promise<Candidate[]> {
  interface Row extends BoardRow {
    readonly latitude: number | null;
    readonly longitude: number | null;
    readonly wheelchair: boolean | null;
  }
  const { rows } = await db.query<Row>({
    name: `candidates-${schema}`,
    text: `select ${BOARD_COLUMNS}, v.latitude, v.longitude, v.wheelchair from ${boardFrom(schema)}
           where s.session_id = $1
              or (s.begins > $2 and n.state = 'open' and n.capacity - n.reserved - n.held >= $3 and t.opened)`,
    values: [sessionId, now, seats],
  });
  return rows.map(({ latitude, longitude, wheelchair, ...row }) => ({
    session: boardSession(row),
    position: latitude === null || longitude === null ? undefined : { latitude, longitude },
    wheelchair: wheelchair ?? undefined,
  }));
}

/**
 * The dates of every session in which the person has a seat and will be. One that was called off takes place no more,
 * though its reservations stand (requirements §8.14).
 * @param except sessions whose seat stands in nobody's way: the one asked about, and the one that a move gives up
 */
export async function readBusy(
  db: Queryable,
  schema: string,
  { personId, except }: { readonly personId: string; readonly except: readonly string[] },
): Promise<BoardSession['dates'][]> {
  const { rows } = await db.query<Pick<BoardSession, 'dates'>>({
    name: `busy-${schema}`,
    text: `select s.dates from ${schema}.attendance a
             join ${schema}.session s using (session_id) join ${schema}.seats n using (session_id)
           where a.person_id = $1 and n.state <> 'calledOff' and a.session_id <> all ($2::uuid[])`,
    values: [personId, plainArray(except)],
  });
  return rows.map(({ dates }) => dates);
}
