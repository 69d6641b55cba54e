import type { SideTable, SideWrite } from '#platform/log/side-table.js';
import type { Term } from './term.decider.js';

const termTable: SideTable = {
  name: 'term',
  key: { term_id: 'uuid' },
  columns: { state: 'text', plan: 'jsonb', readiness: 'jsonb' },
};

export interface TermRow {
  readonly plan: NonNullable<Term['plan']>;
  readonly state: Term['state'];
  readonly readiness: Term['readiness'];
}

export function termRow({ plan, state, readiness }: Term): SideWrite {
  return {
    table: termTable,
    key: { term_id: plan!.termId },
    row: { state, plan: JSON.stringify(plan), readiness: JSON.stringify(readiness) },
  };
}
