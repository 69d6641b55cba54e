import type { SideTable, SideWrite } from '#platform/log/side-table.js';
import { planOf, type ClassSession } from './class-session.js';
import type { SessionPlan } from './class-session.commands.js';

const sessionTable: SideTable = {
  name: 'class_session',
  key: { session_id: 'uuid' },
  columns: { term_id: 'uuid', session_code: 'text', state: 'text', plan: 'jsonb' },
};

export interface SessionRow {
  readonly state: ClassSession['state'];
  readonly plan: SessionPlan;
}

export function sessionRow(session: ClassSession): SideWrite {
  const plan = planOf(session);
  return {
    table: sessionTable,
    key: { session_id: plan.sessionId },
    row: {
      term_id: plan.termId,
      session_code: plan.sessionCode,
      state: session.state,
      plan: JSON.stringify(plan),
    },
  };
}
