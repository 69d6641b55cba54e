import type { Queryable } from '#platform/log/event-log.js';
import type { BoardSession } from '../seat-board/board-session.row.js';
import { BOARD_COLUMNS, boardSession, type BoardRow } from '../seat-board/board.row.js';
import type { Fact } from '../seat-board/facts.row.js';

/**
 * A session as the board showed it at an instant: of each partition every event up to then (design §3). A stream is
 * stale from the first of its events on that could not be applied.
 * @param instant ISO 8601, UTC
 */
export async function readSessionAt(
  db: Queryable,
  schema: string,
  sessionId: string,
  instant: string,
): Promise<BoardSession | undefined> {
  const { rows } = await db.query<BoardRow>({
    name: `session-at-${schema}`,
    text: `
      select ${BOARD_COLUMNS}
      from (${factAt(schema, 'session', '$1')}) s
      cross join lateral (
        select a.* from ${schema}.seats_at a where a.session_id = s.session_id and a.at <= $2 order by a.at desc limit 1) n
      left join lateral (${factAt(schema, 'term', 's.term_id')}) t on true
      left join lateral (${factAt(schema, 'venue', 's.venue_id')}) v on true
      left join lateral (${factAt(schema, 'course', 's.course_id')}) c on true
      cross join (
        select array(
          select e.stream from parked_event e join subscription h on h.name = e.subscription and h.version = e.version
          where e.subscription = '${schema.replaceAll('_', '-')}' and to_timestamp((e.event->>'at')::float8 / 1000) <= $2
        ) as streams) parked`,
    values: [sessionId, instant],
  });
  return rows[0] && boardSession(rows[0]);
}

function factAt(schema: string, kind: Fact['kind'], id: string): string {
  return `
    select (jsonb_populate_record(null::${schema}.${kind}, f.data)).* from (
      select data from ${schema}.fact_at where kind = '${kind}' and id = ${id} and at <= $2 order by at desc limit 1) f`;
}
