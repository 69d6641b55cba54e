import { heardBy } from '../ledger/versions.js';
import { inAskedDays } from '../query/asked-parts.js';
import type { Query } from '../query/query.js';

/** Something sealed that was destroyed, as the event of it says: 削除記録. (§8.20) */
export interface DeletionRow {
  readonly source: string;
  readonly p: number;
  readonly seq: number;
  readonly day: string;
  readonly what: 'person' | 'term' | 'drafts';
  readonly pieces: number;
  readonly instruction_number: string | null;
}

export function deletionTables(schema: string): string {
  return `
    create table ${schema}.deletion (
      source text not null,
      p integer not null,
      seq bigint not null,
      day text collate "C" not null,
      what text not null,
      pieces integer not null,
      instruction_number text,
      primary key (source, p, seq)
    )`;
}

export const deletions: Query = {
  id: 'deletions',
  asks: '日ごとの消去（本人、期、通話の下書き）',
  columns: [],
  sql: (schema) => `
    select d.day, d.what, sum(d.pieces)::int as pieces, string_agg(distinct d.instruction_number, '、') as instructions
    from ${schema}.deletion d
    where ((d.source = 'reservations' and ${heardBy('d', 'reservations')}) or (d.source = 'inquiries' and ${heardBy('d', 'inquiries')}))
      and ${inAskedDays('d.day')}
    group by d.day, d.what order by d.day, d.what`,
};
