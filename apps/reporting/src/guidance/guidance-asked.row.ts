import { plannedSessions } from '../booking/bookings-asked.row.js';
import { heardBy } from '../ledger/versions.js';
import { dayColumn, inAskedDays } from '../query/asked-parts.js';
import type { Query } from '../query/query.js';

/** 他会場案内: offered, taken by rank, declined by reason, by day. (R013) */
export const guidanceByDay: Query = {
  id: 'guidance-by-day',
  asks: '日ごとの他会場案内：提示、成立（順位別）、辞退（理由別）',
  columns: [
    dayColumn('案内した（成立・辞退した）日'),
    { name: 'kind', header: '区分', kind: 'text', definition: 'offered＝提示、taken＝成立、declined＝辞退' },
    { name: 'rank', header: '順位', kind: 'integer', definition: '成立した会場が何番目の提示だったか（提示外は０）' },
    { name: 'reason', header: '理由', kind: 'text', definition: '辞退の理由' },
    { name: 'offers', header: '件数', kind: 'integer', definition: '満席の開催回を希望した電話での案内の件数' },
  ],
  sql: (schema) => `
    select g.day, g.kind,
      case when g.kind = 'taken' then coalesce(array_position(o.alternatives, g.taken_session_id), 0) end as rank,
      g.reason, count(*)::int as offers
    from ${schema}.guidance g
    join (${plannedSessions(schema)}) s on s.plan_id::uuid = g.session_id
    left join ${schema}.guidance o on g.kind = 'taken' and o.offer_id = g.offer_id and o.kind = 'offered'
    where ${heardBy('g', 'reservations')}
      and ${inAskedDays('g.day')}
    group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
};
