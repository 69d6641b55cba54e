import { heardBy, holds } from '../ledger/versions.js';
import { count, dayColumn, inAskedDays } from '../query/asked-parts.js';
import type { Query } from '../query/query.js';

/** SQL: the sessions as they are planned at the place that is asked for, of one term if one is named. */
export function plannedSessions(schema: string): string {
  return `select s.plan_id, s.data from ${schema}.plan s
    where s.kind = 'session' and ${holds('s', 'reservations')}
      and (asked.term_id is null or s.data ->> 'termId' = asked.term_id)
      and (asked.session_id is null or s.plan_id = asked.session_id)`;
}

/** 申込・変更・取消 by day. A move is one change, counted where the person goes to. */
export const bookingsByDay: Query = {
  id: 'bookings-by-day',
  asks: '日ごとの申込、変更、取消、訂正（受付日。後から入力した分は受け付けた日）',
  columns: [
    dayColumn('受け付けた日'),
    count('made', '申込', '成立した申込（受講者１名につき１件）'),
    count('moved', '変更', '会場・日時を変更した予約'),
    count('cancelled', '取消', '取り消した予約'),
    count('corrected', '訂正', '申込内容を訂正した予約'),
  ],
  sql: (schema) => `
    select b.day,
      count(*) filter (where b.kind = 'made')::int as made,
      count(*) filter (where b.kind = 'movedIn')::int as moved,
      count(*) filter (where b.kind = 'cancelled')::int as cancelled,
      count(*) filter (where b.kind = 'corrected')::int as corrected
    from ${schema}.booking b join (${plannedSessions(schema)}) s on s.plan_id::uuid = b.session_id
    where ${heardBy('b', 'reservations')}
      and ${inAskedDays('b.day')}
    group by b.day order by b.day`,
};

/** 定員・予約数・残席 of every session: never suppressed. (§8.27) */
export const sessionsCapacity: Query = {
  id: 'sessions-capacity',
  asks: '開催回ごとの定員、予約数、残席、充足率',
  columns: [
    { name: 'session_code', header: '開催回', kind: 'text', definition: '市の開催回番号' },
    { name: 'term_title', header: '期', kind: 'text', definition: '申込対象の期' },
    {
      name: 'ward_code',
      header: '区コード',
      kind: 'text',
      definition: '全国地方公共団体コード（区、検査数字なし５桁）',
    },
    { name: 'ward', header: '区', kind: 'text', definition: '会場の区' },
    { name: 'venue_name', header: '会場名', kind: 'text', definition: '会場の名称' },
    { name: 'course_title', header: '講座', kind: 'text', definition: '講座内容' },
    { name: 'date', header: '日付', kind: 'date', definition: '開催日（複数日は初日）' },
    { name: 'starts_at', header: '開始', kind: 'time', definition: '初日の開始時刻' },
    { name: 'ends_at', header: '終了', kind: 'time', definition: '初日の終了時刻' },
    { name: 'state', header: '状態', kind: 'text', definition: 'open＝受付中、closed＝締切、calledOff＝中止' },
    count('capacity', '定員', '開催回の定員'),
    count('reserved', '予約数', '取り消されていない予約の数'),
    count('seats_left', '残席', '定員－予約数（定員を超えるときは０）'),
    { name: 'fill_rate', header: '充足率', kind: 'percent', definition: '予約数÷定員' },
  ],
  sql: (schema) => `
    select s.plan_id as session_id, s.data ->> 'sessionCode' as session_code, s.data ->> 'termId' as term_id,
      s.data ->> 'courseId' as course_id, s.data ->> 'venueId' as venue_id,
      coalesce(t.data ->> 'title', '') as term_title,
      coalesce(v.data ->> 'wardCode', '') as ward_code, coalesce(v.data ->> 'ward', '') as ward,
      coalesce(v.data ->> 'name', '') as venue_name, coalesce(v.data ->> 'address', '') as venue_address,
      coalesce(c.data ->> 'title', '') as course_title,
      s.data #>> '{dates,0,date}' as date, s.data #>> '{dates,0,startsAt}' as starts_at, s.data #>> '{dates,0,endsAt}' as ends_at,
      s.data -> 'dates' as dates, s.data ->> 'eventCode' as event_code,
      case when s.data ->> 'state' = 'open' and t.data ->> 'state' is distinct from 'open' then 'closed' else s.data ->> 'state' end as state,
      (s.data ->> 'capacity')::int as capacity, coalesce(r.reserved, 0)::int as reserved,
      greatest(0, (s.data ->> 'capacity')::int - coalesce(r.reserved, 0))::int as seats_left,
      case when (s.data ->> 'capacity')::int > 0
        then round(coalesce(r.reserved, 0)::numeric / (s.data ->> 'capacity')::int, 4)::float8 end as fill_rate
    from (${plannedSessions(schema)}) s
    left join (
      select a.session_id, count(*) as reserved from ${schema}.seat a
      where ${holds('a', 'reservations')} and not a.gone group by a.session_id
    ) r on r.session_id = s.plan_id::uuid
    left join (${planned(schema, 'term')}) t on t.plan_id = s.data ->> 'termId'
    left join (${planned(schema, 'venue')}) v on v.plan_id = s.data ->> 'venueId'
    left join (${planned(schema, 'course')}) c on c.plan_id = s.data ->> 'courseId'
    order by date, starts_at, session_code, session_id`,
};

/** Terms as they are planned. */
export const terms: Query = {
  id: 'terms',
  asks: '期の計画（受付期間、発送期間、状態）',
  columns: [],
  sql: (schema) => `
    select t.plan_id as term_id, t.data from (${planned(schema, 'term')}) t
    where (asked.term_id is null) or t.plan_id = asked.term_id
    order by t.data #>> '{reception,from}', t.plan_id`,
};

function planned(schema: string, kind: string): string {
  return `select p.plan_id, p.data from ${schema}.plan p where p.kind = '${kind}' and ${holds('p', 'reservations')}`;
}
