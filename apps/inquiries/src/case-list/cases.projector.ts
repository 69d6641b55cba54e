import type { Projection } from '#platform/subscription/subscriber.js';
import { readDeskEvent } from '../call-board/calls.projector.js';
import { callback } from '../callback/callback.decider.js';
import type { Callback } from '../callback/callback.js';
import { complaint } from '../complaint/complaint.decider.js';
import type { Complaint } from '../complaint/complaint.js';
import { foldedTableSql, foldRows, type FoldedTable } from '../desk/folded-rows.js';
import { escalation } from '../escalation/escalation.decider.js';
import type { Escalation } from '../escalation/escalation.js';
import { dueOfComplaint } from '../complaint/complaint.decider.js';

export const CASES = 'cases';

const columns = { open: 'boolean not null', due_at: 'timestamptz', term_id: 'uuid', session_id: 'uuid' };

export const escalationTable: FoldedTable<Escalation> = {
  ...{ name: 'escalation', category: 'escalation', decider: escalation, columns },
  columnsOf: ({ state, dueAt, opened }) => ({
    ...{ open: state !== 'closed', due_at: dueAt ?? null },
    ...{ term_id: opened?.termId ?? null, session_id: opened?.sessionId ?? null },
  }),
};

export const complaintTable: FoldedTable<Complaint> = {
  ...{ name: 'complaint', category: 'complaint', decider: complaint, columns },
  columnsOf: (state) => ({
    ...{ open: state.state !== 'closed', due_at: dueOfComplaint(state) ?? null },
    ...{ term_id: state.raised?.termId ?? null, session_id: state.raised?.sessionId ?? null },
  }),
};

export const callbackTable: FoldedTable<Callback> = {
  ...{ name: 'callback', category: 'callback', decider: callback },
  columns: { ...columns, cause: 'text', lapses_at: 'timestamptz', reservation_id: 'uuid' },
  columnsOf: ({ state, requested }) => ({
    ...{ open: state === 'open', due_at: (state === 'open' && requested?.dueAt) || null, cause: requested?.cause },
    ...{ term_id: requested?.termId ?? null, session_id: requested?.sessionId ?? null },
    ...{ lapses_at: requested?.lapsesAt ?? null, reservation_id: requested?.reservationId ?? null },
  }),
};

/** What the desk owes somebody: escalations, complaints and call-backs, with what is due next. (R037, R043, R044) */
export const cases: Projection = {
  kind: 'projection',
  name: CASES,
  sources: ['inquiries'],
  codeVersion: 1,
  tables: (schema) =>
    [escalationTable, complaintTable, callbackTable]
      .map((table) => `${foldedTableSql(schema, table)}; ${indexOf(schema, table.name)}`)
      .join('; '),
  read: readDeskEvent,
  apply: async (batch, { client, schema }) => {
    await foldRows(client, schema, escalationTable, batch);
    await foldRows(client, schema, complaintTable, batch);
    await foldRows(client, schema, callbackTable, batch);
  },
};

const indexOf = (schema: string, table: string) =>
  `create index ${table}_due on ${schema}.${table} (due_at, id) where open`;
