import { holds } from '../ledger/versions.js';
import type { Query } from '../query/query.js';

/** One record that somebody marked as important: everything of it but its words. */
export interface HandoverRow {
  readonly inquiry_id: string;
  readonly received_at: number;
  readonly channel: string;
  readonly category: string;
  readonly outcome: string;
  readonly resolved_at_once: boolean;
  readonly noted: boolean;
}

/** その他重要な記録: what is handed over to the city, and nothing beside it. (R041) */
export const handoverRecords: Query = {
  id: 'handover-records',
  asks: '引渡しの対象とした問い合わせ対応の記録（取り消した印は含まない）',
  columns: [],
  sql: (schema) => `
    select i.inquiry_id, i.received_at, i.channel, i.category, i.outcome, i.resolved_at_once, i.noted
    from ${schema}.inquiry i
    where ${holds('i', 'inquiries')} and i.handover and not i.tallied and (asked.term_id is null or i.term_id::text = asked.term_id)
    order by i.received_at, i.inquiry_id`,
};
