import { plannedSessions } from '../booking/bookings-asked.row.js';
import { holds } from '../ledger/versions.js';
import { count, dayColumn, inAskedDays } from '../query/asked-parts.js';
import type { Query } from '../query/query.js';

/** How far the notices of each class day have come. */
export const noticesProgress: Query = {
  id: 'notices-progress',
  asks: '開催回ごとの受講通知書の進み（要発送、作成、印刷、差出、返戻、再発行）',
  columns: [
    { name: 'session_code', header: '開催回', kind: 'text', definition: '市の開催回番号' },
    { name: 'date', header: '日付', kind: 'date', definition: '開催日（初日）' },
    count('needed', '要発送', '無効にならなかった通知'),
    count('due', '未作成', 'まだ発送束に入っていない通知'),
    count('drafted', '作成済', '発送束に入り、印刷前の通知'),
    count('printed', '印刷済', '印刷し、差出前の通知'),
    count('posted', '差出済', '差し出した通知（のちに返戻されたものを含む）'),
    count('on_time', '期限内差出', '差出時のお届け見込み日が、お届け期限（約１週間前）までの通知'),
    count('late_lane', '直前受付', '作成が必要になった時点で１週間前に間に合わない通知'),
    count('returned', '返戻', '返戻された通知'),
    count('reissued', '再発行', '差出後に再発行した通知'),
  ],
  sql: (schema) => `
    select s.data ->> 'sessionCode' as session_code, s.data #>> '{dates,0,date}' as date,
      count(*) filter (where n.state <> 'voided')::int as needed,
      count(*) filter (where n.state = 'due')::int as due,
      count(*) filter (where n.state = 'drafted')::int as drafted,
      count(*) filter (where n.state = 'printed')::int as printed,
      count(*) filter (where n.state in ('posted', 'returned'))::int as posted,
      count(*) filter (where n.state in ('posted', 'returned') and n.predicted_arrival <= n.arrive_by)::int as on_time,
      count(*) filter (where n.state <> 'voided' and n.lane in ('late', 'tooLate'))::int as late_lane,
      count(*) filter (where n.state = 'returned')::int as returned,
      count(*) filter (where n.reissued)::int as reissued
    from ${schema}.notice n join (${plannedSessions(schema)}) s on s.plan_id::uuid = n.session_id
    where ${holds('n', 'notices')}
    group by 1, 2 order by 2, 1`,
};

/** What the notice desk did on each day: notices by their dates, batches beside them. */
export const noticesByDay: Query = {
  id: 'notices-by-day',
  asks: '日ごとの通知書の作成、承認、印刷、印刷損じ、差出、返戻、郵便料金',
  columns: [
    dayColumn('行った日'),
    count('drafted', '作成', '発送束に入れた通知'),
    count('approved', '承認', '承認した発送束の通知'),
    count('printed', '印刷', '印刷した通知（良品）'),
    count('spoiled', '印刷損じ', '印刷損じの枚数'),
    count('reprinted', '再印刷', '再印刷した枚数'),
    count('posted', '差出', '差し出した通知'),
    count('returned', '返戻', '返戻された通知'),
    { name: 'postage_yen', header: '郵便料金', kind: 'yen', definition: '差し出した通知の料金' },
  ],
  sql: (schema) => `
    select day, sum(drafted)::int as drafted, sum(approved)::int as approved, sum(printed)::int as printed,
      sum(spoiled)::int as spoiled, sum(reprinted)::int as reprinted, sum(posted)::int as posted, sum(returned)::int as returned,
      sum(postage_yen)::int as postage_yen
    from (
      select d.day, d.drafted, 0 as approved, 0 as printed, 0 as spoiled, 0 as reprinted, 0 as posted, d.returned, 0 as postage_yen
      from ${schema}.notice n join (${plannedSessions(schema)}) s on s.plan_id::uuid = n.session_id
      cross join lateral (values (n.drafted_on, 1, 0), (n.returned_on, 0, 1)) d(day, drafted, returned)
      where ${holds('n', 'notices')} and d.day is not null
      union all
      select d.day, 0, d.approved, d.printed, d.spoiled, d.reprinted, d.posted, 0, d.postage_yen
      from ${schema}.batch b
      cross join lateral (values
        (b.approved_on, b.approved, 0, 0, 0, 0, 0),
        (b.printed_on, 0, b.good, b.spoiled, b.reprinted, 0, 0),
        (b.posted_on, 0, 0, 0, 0, b.posted, b.postage_yen)) d(day, approved, printed, spoiled, reprinted, posted, postage_yen)
      where ${holds('b', 'notices')} and d.day is not null
        and (asked.term_id is null or exists (
          select from ${schema}.notice n join (${plannedSessions(schema)}) s on s.plan_id::uuid = n.session_id
          where n.batch_id::text = b.batch_id and ${holds('n', 'notices')}))
    ) done
    where ${inAskedDays('day')}
    group by day order by day`,
};
