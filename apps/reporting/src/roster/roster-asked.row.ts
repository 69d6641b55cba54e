import { plannedSessions } from '../booking/bookings-asked.row.js';
import { heardBy, holds } from '../ledger/versions.js';
import type { Query } from '../query/query.js';

/** SQL: when the rosters of a session's term were frozen; null before. */
function frozenAt(schema: string): string {
  return `select s.plan_id, (t.data ->> 'frozenAt')::timestamptz as frozen_at
    from (${plannedSessions(schema)}) s
    left join (select p.plan_id, p.data from ${schema}.plan p where p.kind = 'term' and ${holds('p', 'reservations')}) t
      on t.plan_id = s.data ->> 'termId'`;
}

/** Who has a seat, ids only, with what the venue should know. (R014, §8.6) */
export const rosterSeats: Query = {
  id: 'roster-seats',
  asks: '開催回の予約者（番号のみ）',
  columns: [],
  sql: (schema) => `
    select a.session_id, a.reservation_id, a.person_id, a.person_version, a.channel,
      exists (
        select from ${schema}.callback k where k.reservation_id = a.reservation_id and ${holds('k', 'inquiries')}
          and k.result = 'atVenue') as told_at_venue,
      exists (
        select from ${schema}.notice n where n.reservation_id = a.reservation_id and ${holds('n', 'notices')}
          and n.state = 'returned' and not n.reissued) as notice_returned
    from ${schema}.seat a join (${plannedSessions(schema)}) s on s.plan_id::uuid = a.session_id
    where ${holds('a', 'reservations')} and not a.gone
    order by a.session_id, a.reservation_id`,
};

/** 名簿の版: 0 before the term closed, then 1 and one more with every change of the session. (R051, §8.13) */
export const rosterVersions: Query = {
  id: 'roster-versions',
  asks: '開催回ごとの予約者リストの版（名簿確定で１、その後の変更ごとに＋１）',
  columns: [],
  sql: (schema) => `
    select f.plan_id as session_id, f.frozen_at,
      case when f.frozen_at is null then 0 else 1 + count(b.seq) end::int as version
    from (${frozenAt(schema)}) f
    left join ${schema}.booking b on b.session_id = f.plan_id::uuid and b.at > f.frozen_at and ${heardBy('b', 'reservations')}
    group by f.plan_id, f.frozen_at order by f.plan_id`,
};

/** Each change after 名簿確定, in order; the version is the one that it made. (§8.13) */
export const rosterChanges: Query = {
  id: 'roster-changes',
  asks: '名簿確定後の変更（追加、取消、会場変更、申込内容の訂正）',
  columns: [],
  sql: (schema) => `
    select b.session_id, b.reservation_id, b.kind, b.channel, b.received_at, b.at,
      1 + row_number() over (partition by b.session_id order by b.at, b.p, b.seq)::int as version
    from ${schema}.booking b join (${frozenAt(schema)}) f on f.plan_id::uuid = b.session_id
    where b.at > f.frozen_at and ${heardBy('b', 'reservations')}
    order by b.session_id, b.at, b.p, b.seq`,
};
