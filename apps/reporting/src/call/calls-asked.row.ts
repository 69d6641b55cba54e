import { heardBy, holds } from '../ledger/versions.js';
import { count, dayColumn, inAskedDays } from '../query/asked-parts.js';
import type { Query } from '../query/query.js';

/** 入電 and what became of it, by day and half hour: hours, weekdays and terms are sums of its rows. (§5.1, R026) */
export const callsBySlot: Query = {
  id: 'calls-by-slot',
  asks: '日・30分ごとの入電、応答、放棄、待ち、通話、後処理（呼ごとに１回、打消しを除く）',
  columns: [
    dayColumn('呼が着信した日（紙の記録は受付時刻の日）'),
    { name: 'slot', header: '時間帯', kind: 'time', definition: '着信した30分の始まり' },
    count('offered', '入電', '開設時間内に電話で待ち行列に届いた呼。時間外・話中・ＦＡＸ・リレーを含まない'),
    count('answered', '応答', 'ＯＰ・ＳＶにつながった呼。転送されても１件'),
    count('abandoned', '放棄', 'つながる前に切れた呼（短時間放棄を含む）'),
    count('short_abandoned', '短時間放棄', 'うち５秒未満で切れた呼'),
    count('answered_in_time', '目標秒数内応答', '待ち時間が目標秒数（20秒）以内の応答'),
    count('wait_known', '待ち時間あり', '応答のうち待ち時間の記録があるもの'),
    count('out_of_hours', '時間外', '開設時間外に着信した呼'),
    { name: 'wait_seconds', header: '応答までの待ち合計', kind: 'seconds', definition: '応答呼の待ち時間の合計' },
    { name: 'talk_seconds', header: '通話合計', kind: 'seconds', definition: '応答呼の通話時間の合計（保留を除く）' },
    { name: 'hold_seconds', header: '保留合計', kind: 'seconds', definition: '応答呼の保留時間の合計' },
    { name: 'acw_seconds', header: '後処理合計', kind: 'seconds', definition: '画面で計った後処理時間の合計' },
    count('talk_known', '通話時間あり', '応答のうち通話時間の記録があるもの'),
    count('acw_known', '後処理あり', '応答のうち後処理時間の記録があるもの'),
    count('outcome_known', '結果あり', '応答のうち結果の記録があるもの'),
    count('resolved_at_once', '一次解決', '結果が折り返し・照会でない応答'),
    count('applications', '申込の入電', '用件が申込の応答'),
    count('applications_booked', '申込成立', '用件が申込で、結果が予約成立の応答'),
  ],
  sql: (schema) => `
    select c.day, c.slot,
      count(*) filter (where c.offered)::int as offered,
      count(*) filter (where c.answered)::int as answered,
      count(*) filter (where c.abandoned)::int as abandoned,
      count(*) filter (where c.short)::int as short_abandoned,
      count(*) filter (where c.answered and c.wait <= asked.within)::int as answered_in_time,
      count(*) filter (where c.answered and c.wait is not null)::int as wait_known,
      count(*) filter (where c.out_of_hours)::int as out_of_hours,
      coalesce(sum(c.wait) filter (where c.answered), 0)::int as wait_seconds,
      coalesce(sum(c.talk) filter (where c.answered), 0)::int as talk_seconds,
      coalesce(sum(c.hold) filter (where c.answered), 0)::int as hold_seconds,
      coalesce(sum(c.after_call_work) filter (where c.answered), 0)::int as acw_seconds,
      count(*) filter (where c.answered and c.talk is not null)::int as talk_known,
      count(*) filter (where c.answered and c.after_call_work is not null)::int as acw_known,
      count(*) filter (where c.answered and c.outcome is not null)::int as outcome_known,
      count(*) filter (where c.answered and c.outcome not in ('callback', 'escalated'))::int as resolved_at_once,
      count(*) filter (where c.answered and c.purpose = 'application')::int as applications,
      count(*) filter (where c.answered and c.purpose = 'application' and c.outcome = 'booked')::int as applications_booked
    from ${schema}.call c
    where ${holds('c', 'inquiries')} and (c.offered or c.out_of_hours)
      and ${inAskedDays('c.day')}
    group by c.day, c.slot order by c.day, c.slot`,
};

/** 話中 and what else only the carrier knows, by day; a day without a report has no row. (§8.18) */
export const trafficByDay: Query = {
  id: 'traffic-by-day',
  asks: '通信事業者の着信課金報告による日ごとの着信・話中・時間外',
  columns: [
    dayColumn('報告の対象日'),
    count('arrived', '回線着信', '開設時間内に回線へ届いた呼（事業者の計数）'),
    count('busy', '話中', '話中で届かなかった呼（事業者の計数）'),
    count('carrier_out_of_hours', '時間外（回線）', '開設時間外に回線へ届いた呼（事業者の計数）'),
  ],
  sql: (schema) => `
    select t.day, sum(t.arrived)::int as arrived, sum(t.busy)::int as busy, sum(t.out_of_hours)::int as carrier_out_of_hours
    from ${schema}.traffic t
    where ${holds('t', 'inquiries')}
      and ${inAskedDays('t.day')}
    group by t.day order by t.day`,
};

/** How long operators were logged in, by day and half hour: what 稼働率 and the seats staffed are computed from. */
export const seatTimeBySlot: Query = {
  id: 'seat-time-by-slot',
  asks: '日・30分ごとの着席（ログイン）秒数',
  columns: [
    dayColumn('着席した日'),
    { name: 'slot', header: '時間帯', kind: 'time', definition: '30分の始まり' },
    { name: 'logged_in_seconds', header: '着席', kind: 'seconds', definition: '受付席にログインしていた秒数の合計' },
  ],
  sql: (schema) => `
    select t.day, s ->> 'startsAt' as slot, sum((s ->> 'loggedInSeconds')::int)::int as logged_in_seconds
    from ${schema}.seat_time t cross join lateral jsonb_array_elements(t.slots) s
    where ${holds('t', 'inquiries')}
      and ${inAskedDays('t.day')}
    group by t.day, s ->> 'startsAt' order by t.day, slot`,
};

/** Calls about the same booking within 7 days; callers have no name here, so a booking stands for them. (§5.1) */
export const repeatCalls: Query = {
  id: 'repeat-calls',
  asks: '予約に触れた入電のうち、同じ予約について７日以内に先の入電があるもの（発信番号は使わない）',
  columns: [
    count('calls', '予約に触れた入電', '申込・変更・取消のあった呼（呼と予約の組ごと）'),
    count('repeated', '再入電', 'うち同じ予約の前の呼から７日以内のもの'),
  ],
  sql: (schema) => `
    with one as (
      select b.call_id, b.reservation_id, min(b.received_at) as received_at, min(b.day) as day
      from ${schema}.booking b where ${heardBy('b', 'reservations')} and b.call_id is not null
      group by b.call_id, b.reservation_id
    ), asked_about as (
      select * from one
      where ${inAskedDays('day')}
    )
    select count(*)::int as calls, count(*) filter (where exists (
      select from ${schema}.booking e
      where e.reservation_id = t.reservation_id and e.call_id <> t.call_id and ${heardBy('e', 'reservations')}
        and e.received_at < t.received_at and e.received_at >= t.received_at - interval '7 days'))::int as repeated
    from asked_about t`,
};
