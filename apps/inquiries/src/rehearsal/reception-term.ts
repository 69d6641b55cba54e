import type { TermPlanned } from '#contracts/reservations/term.events.js';
import type { Told } from './inquiries-desk.js';

export const termId = '00000001-0000-4000-8000-000000000001';

/** The first term as the specification has it: 2025-07-11 to 25, nine to four. */
export const firstTerm: TermPlanned['data'] = {
  ...{ termId, fiscalYear: 2025, termNo: 1, title: '令和7年度 第一期' },
  reception: { from: '2025-07-11', to: '2025-07-25', opensAt: '09:00', closesAt: '16:00', exceptions: [] },
  bookableClasses: { from: '2025-08-01', to: '2025-09-30' },
  dispatchWindow: { from: '2025-07-11', to: '2025-07-31' },
};

export function termPlanned(plan: TermPlanned['data'] = firstTerm): Told[] {
  return [{ stream: `term-${plan.termId}`, event: { type: 'TermPlanned', data: plan } }];
}
