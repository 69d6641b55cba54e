import { holds } from '../ledger/versions.js';
import { dayColumn, inAskedDays } from '../query/asked-parts.js';
import type { Query } from '../query/query.js';

const ofTerm = (alias: string) => `(asked.term_id is null or ${alias}.term_id::text = asked.term_id)`;

/** Questions by day and category; what was only tallied counts as much as what was recorded. (R040, R042) */
export const inquiriesByCategory: Query = {
  id: 'inquiries-by-category',
  asks: '日・分類ごとの問い合わせ（記録とワンキー集計。取り消した集計を除く）',
  columns: [
    dayColumn('問い合わせを受けた日'),
    { name: 'category', header: '分類', kind: 'text', definition: '受付センターの分類' },
    { name: 'inquiries', header: '件数', kind: 'integer', definition: '記録した問い合わせとワンキー集計の計' },
    { name: 'recorded', header: 'うち記録', kind: 'integer', definition: '内容と結果を記録した問い合わせ' },
    { name: 'resolved_at_once', header: '一次解決', kind: 'integer', definition: '受付センター内で終結した記録' },
    { name: 'unlisted', header: 'ＦＡＱ未掲載', kind: 'integer', definition: '答えがＦＡＱになかった記録' },
  ],
  sql: (schema) => `
    select i.day, i.category, count(*)::int as inquiries, count(*) filter (where not i.tallied)::int as recorded,
      count(*) filter (where i.resolved_at_once)::int as resolved_at_once, count(*) filter (where i.unlisted)::int as unlisted
    from ${schema}.inquiry i
    where ${holds('i', 'inquiries')} and not i.undone and ${ofTerm('i')} and ${inAskedDays('i.day')}
    group by i.day, i.category order by i.day, i.category`,
};

/** Complaints with their clocks; what was said is sealed elsewhere. (R043, R044) */
export const complaints: Query = {
  id: 'complaints',
  asks: '苦情の受付、報告期限、報告、緊急連絡（内容は含まない）',
  columns: [],
  sql: (schema) => `
    select c.complaint_id, c.complaint_number, c.category, c.day, c.received_at, c.report_by, c.reported_at, c.report_date,
      c.on_time, c.urgent, c.told_at, c.told_means, c.minutes_to_reach, c.result
    from ${schema}.complaint c
    where ${holds('c', 'inquiries')} and ${ofTerm('c')} and ${inAskedDays('c.day')}
    order by c.complaint_number, c.complaint_id`,
};

/** Escalations that were open at any time of the days that are asked for, with their state and due time. (R037) */
export const escalations: Query = {
  id: 'escalations',
  asks: '市への照会（エスカレーション）の番号、分類、状態、期限（内容は含まない）',
  columns: [],
  sql: (schema) => `
    select e.escalation_id, e.sheet_number, e.category, e.urgent, e.state, e.day, e.opened_at, e.due_at, e.closed_at
    from ${schema}.escalation e
    where ${holds('e', 'inquiries')} and ${ofTerm('e')}
      and (asked.to_day is null or e.day <= asked.to_day)
      and (asked.from_day is null or e.day >= asked.from_day or e.closed_at is null
        or (e.closed_at at time zone 'Asia/Tokyo')::date::text >= asked.from_day)
    order by e.sheet_number, e.escalation_id`,
};

/** What became of FAQ entries, one row a change. (R019, R052) */
export const faqChanges: Query = {
  id: 'faq-changes',
  asks: 'ＦＡＱの追加・更新・削除（公開された変更）',
  columns: [],
  sql: (schema) => `
    select f.day, f.change, f.question, f.category from ${schema}.faq f
    where f.seq <= asked.inquiries[f.p + 1] and f.change is not null and ${inAskedDays('f.day')}
    order by f.day, f.at, f.faq_id, f.seq`,
};
