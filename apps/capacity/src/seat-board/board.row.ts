import { plainArray } from '#platform/log/array-literal.js';
import type { Queryable } from '#platform/log/event-log.js';
import type { BoardSession } from './board-session.row.js';

/**
 * The session as the board shows it, from a session `s`, its seats `n`, and where they are known its term `t`, venue `v`
 * and course `c`. The only place that says what the state of a session is:
 * something of it, its term, its venue or its course that could not be applied makes it stale, never free; more taken than the capacity (定員超過・市指示, §8.14),
 * a term that is not open, or a first date outside the term's bookable classes (R024) make it closed.
 */
const STATE = `
  case
    when ${staleIf()} then 'stale'
    when n.state <> 'open' then n.state
    when n.reserved + n.held > n.capacity then 'closed'
    when t.opened and not t.closed and s.first_date >= t.bookable_from
      and (t.bookable_to is null or s.first_date <= t.bookable_to) then 'open'
    else 'closed'
  end`;

/**
 * `parked` is a list of streams that stands in the `from` of every statement. It is empty as a rule, and then no names of
 * streams are put together.
 */
function staleIf(parked: 'parked' | 'before' = 'parked'): string {
  return `(cardinality(${parked}.streams) > 0 and array['class-session-' || s.session_id, 'term-' || s.term_id,
    'venue-' || s.venue_id, 'course-' || s.course_id] && ${parked}.streams)`;
}

export const BOARD_COLUMNS = `
  s.session_id as "sessionId", s.session_code as "sessionCode", s.event_code as "eventCode", s.term_id as "termId",
  s.course_id as "courseId", coalesce(c.title, '') as "courseTitle",
  s.venue_id as "venueId", coalesce(v.name, '') as "venueName", coalesce(v.ward, '') as ward,
  s.dates, n.capacity, n.reserved, n.held,
  case when ${staleIf()} then 0 else greatest(0, n.capacity - n.reserved - n.held) end as "seatsLeft",
  ${STATE} as state, n.full_since as "fullSince"`;

/** What the board is now made of. Streams that are parked only now and then: the list is empty as a rule. */
export function boardFrom(schema: string): string {
  return `
    ${schema}.session s join ${schema}.seats n using (session_id)
    left join ${schema}.term t using (term_id) left join ${schema}.venue v using (venue_id)
    left join ${schema}.course c using (course_id)
    cross join (
      select array(select k.stream from parked_stream k join subscription b on b.name = k.subscription and b.version = k.version
                   where k.subscription = '${schema.replaceAll('_', '-')}') as streams
    ) parked`;
}

export type BoardRow = Omit<BoardSession, 'fullSince'> & { readonly fullSince: number | null };

export function boardSession({ fullSince, ...row }: BoardRow): BoardSession {
  return { ...row, fullSince: fullSince === null ? null : new Date(fullSince).toISOString() };
}

/** What is asked for; everything given must hold. */
export interface BoardFilter {
  readonly term?: string;
  readonly course?: string;
  readonly venue?: string;
  /** Its name or its municipality code. */
  readonly ward?: string;
  /** Civil dates: one of the session's dates must lie between them. */
  readonly from?: string;
  readonly to?: string;
  /** Only what can be booked at this civil time, `2026-08-03T10:00`: open, a seat left, not begun. */
  readonly availableAt?: string;
  readonly after?: string;
  readonly limit: number;
}

/** Sessions in the order in which they begin. */
export async function readBoard(db: Queryable, schema: string, filter: BoardFilter): Promise<BoardSession[]> {
  const { term, course, venue, ward, from, to, availableAt, after, limit } = filter;
  const { rows } = await db.query<BoardRow>({
    name: `board-${schema}`,
    text: `
      select * from (
        select ${BOARD_COLUMNS} from ${boardFrom(schema)}
        where ($1::uuid is null or s.term_id = $1) and ($2::uuid is null or s.course_id = $2)
          and ($3::uuid is null or s.venue_id = $3) and ($4::text is null or v.ward = $4 or v.ward_code = $4)
          and (($5::text is null and $6::text is null) or exists (
            select from jsonb_array_elements(s.dates) d
            where d->>'date' >= coalesce($5, '') and d->>'date' <= coalesce($6, '9999-12-31')))
          and ($7::text is null or s.begins > $7)
          and ($8::uuid is null or (s.begins, s.session_id) > (select a.begins, a.session_id from ${schema}.session a where a.session_id = $8))
        order by s.begins, s.session_id
      ) b
      where $7 is null or (b.state = 'open' and b."seatsLeft" > 0)
      limit $9`,
    values: [term, course, venue, ward, from, to, availableAt, after, limit],
  });
  return rows.map(boardSession);
}

export async function readSession(db: Queryable, schema: string, sessionId: string): Promise<BoardSession | undefined> {
  const { rows } = await db.query<BoardRow>({
    name: `board-session-${schema}`,
    text: `select ${BOARD_COLUMNS} from ${boardFrom(schema)} where s.session_id = $1`,
    values: [sessionId],
  });
  return rows[0] && boardSession(rows[0]);
}

/** Up to where somebody has seen the board. */
export interface BoardCursor {
  /** Of the tables: each rebuild makes the next. */
  readonly version: number;
  /** Null before the first event. */
  readonly logId: string | null;
  /** The last sequence applied, by partition. */
  readonly seqs: readonly number[];
  /** Streams that were parked. */
  readonly parked: ReadonlySet<string>;
}

/** Sessions that look different since, whatever of them has changed: seats, plan, term, venue, course or staleness. */
export async function readChanges(db: Queryable, schema: string, since: BoardCursor): Promise<BoardSession[]> {
  const newer = ['n', 's', 't', 'v', 'c'].map((row) => `${row}.seq > ($1::bigint[])[${row}.p + 1]`);
  const { rows } = await db.query<BoardRow>({
    name: `board-changes-${schema}`,
    text: `select ${BOARD_COLUMNS} from ${boardFrom(schema)}
             cross join (select $2::text[] as streams) before
           where ${newer.join(' or ')}
             or (${staleIf()}) <> (${staleIf('before')})
           order by s.begins, s.session_id`,
    values: [plainArray(since.seqs), [...since.parked]],
  });
  return rows.map(boardSession);
}

export async function isOnBoard(db: Queryable, schema: string, sessionId: string): Promise<boolean> {
  const { rowCount } = await db.query(`select from ${schema}.session where session_id = $1`, [sessionId]);
  return rowCount === 1;
}
