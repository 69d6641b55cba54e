import type pg from 'pg';
import type { FaqDrafted } from '#contracts/inquiries/faq.events.js';
import type { HeardEvent, Projection } from '#platform/subscription/subscriber.js';
import { readDeskEvent } from '../call-board/calls.projector.js';
import { eventOf, foldedTableSql, foldRows, type FoldedTable } from '../desk/folded-rows.js';
import { candidate, type Candidate } from './candidate.decider.js';
import { faq } from './faq.decider.js';
import type { Faq } from './faq.js';

export const FAQ_SHELF = 'faq-shelf';
export const FAQ_SCHEMA = 'faq_shelf';

export const faqTable: FoldedTable<Faq> = {
  ...{ name: 'faq', category: 'faq', decider: faq },
  columns: {
    ...{ faq_no: 'text', category: 'text', published: 'boolean', waiting: 'boolean', retired: 'boolean' },
    review_by: 'date',
  },
  columnsOf: ({ published, draft, sentBack, retired }) => {
    const entry = (draft ?? published ?? sentBack)?.entry;
    return {
      ...{ faq_no: entry?.faqNo, category: entry?.category, published: published !== undefined },
      ...{ waiting: draft !== undefined, retired: retired ?? false, review_by: published?.entry.reviewBy },
    };
  },
};

export const candidateTable: FoldedTable<Candidate> = {
  ...{ name: 'candidate', category: 'faq-candidate', decider: candidate, columns: {} },
  columnsOf: () => ({}),
};

/** Every entry of the FAQ with all its versions, and what was judged of unlisted questions. (R018, R019) */
export const faqShelf: Projection = {
  kind: 'projection',
  name: FAQ_SHELF,
  sources: ['inquiries'],
  codeVersion: 1,
  tables: (schema) => `${foldedTableSql(schema, faqTable)}; ${foldedTableSql(schema, candidateTable)};
    create index faq_by_number on ${schema}.faq (faq_no);
    create table ${schema}.faq_version (
      faq_id uuid, version integer, data jsonb not null, written_at bigint not null, primary key (faq_id, version)
    );
    create index version_of_topic on ${schema}.faq_version ((data ->> 'unlistedTopicId'));
    -- counts the events applied: who keeps the entries in memory sees that they are others now
    create table ${schema}.change (n bigint not null);
    insert into ${schema}.change values (0)`,
  read: readDeskEvent,
  apply: async (batch, { client, schema }) => {
    const own = batch.filter(({ stream }) => stream.startsWith('faq-'));
    if (own.length === 0) return;
    await foldRows(client, schema, faqTable, own);
    await foldRows(client, schema, candidateTable, own);
    await saveVersions(client, schema, own);
    await client.query(`update ${schema}.change set n = n + $1`, [own.length]);
  },
};

async function saveVersions(client: pg.ClientBase, schema: string, batch: readonly HeardEvent[]): Promise<void> {
  const rows = batch.flatMap((heard) => {
    const event = eventOf(heard);
    return event.type === 'FaqDrafted' ? [rowOf(event.data, heard.at)] : [];
  });
  if (rows.length === 0) return;
  await client.query(
    `insert into ${schema}.faq_version
     select * from jsonb_populate_recordset(null::${schema}.faq_version, $1::jsonb) on conflict do nothing`,
    [JSON.stringify(rows)],
  );
}

function rowOf(data: FaqDrafted['data'], writtenAt: number): object {
  return { faq_id: data.faqId, version: data.version, data, written_at: writtenAt };
}
