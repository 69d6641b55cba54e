import { dateAt } from '#calendar/civil-time.js';
import type { Projection } from '#platform/subscription/subscriber.js';
import { readDeskEvent } from '../call-board/calls.projector.js';
import { foldedTableSql, foldRows, type FoldedTable } from '../desk/folded-rows.js';
import { inquiry, type Inquiry } from './inquiry.decider.js';

export const INQUIRY_BOOK = 'inquiry-book';
export const INQUIRY_BOOK_SCHEMA = 'inquiry_book';

export const inquiryTable: FoldedTable<Inquiry> = {
  ...{ name: 'inquiry', category: 'inquiry', decider: inquiry },
  columns: {
    ...{ date: 'date', received_at: 'timestamptz', term_id: 'uuid', stage: 'text not null', category: 'text' },
    ...{ outcome: 'text', first_contact: 'boolean', faq_id: 'uuid', topic_id: 'uuid', handover: 'boolean' },
  },
  columnsOf: (state) => {
    const { stage } = state;
    const said = stage === 'recorded' ? state.recorded : stage === 'tallied' ? state.tallied : undefined;
    const recorded = stage === 'recorded' ? state.recorded : undefined;
    return {
      ...{ stage, date: said && dateAt(Date.parse(said.receivedAt)), received_at: said?.receivedAt },
      ...{ term_id: said?.termId, category: said?.category, outcome: recorded?.outcome },
      ...{ first_contact: recorded?.firstContactResolution, faq_id: recorded?.faq?.faqId },
      ...{ topic_id: recorded?.unlistedTopicId, handover: recorded?.handover ?? false },
    };
  },
};

/** Every question by its day: what the daily totals, the use of the FAQ and its candidates are counted from. (R019, R040) */
export const inquiryBook: Projection = {
  kind: 'projection',
  name: INQUIRY_BOOK,
  sources: ['inquiries'],
  codeVersion: 1,
  tables: (schema) => `${foldedTableSql(schema, inquiryTable)};
    create index inquiry_of_day on ${schema}.inquiry (date, category);
    create index inquiry_of_topic on ${schema}.inquiry (topic_id) where topic_id is not null;
    create index inquiry_of_faq on ${schema}.inquiry (faq_id) where faq_id is not null`,
  read: readDeskEvent,
  apply: async (batch, { client, schema }) => foldRows(client, schema, inquiryTable, batch),
};
