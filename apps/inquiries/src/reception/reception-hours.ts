import { Inject, Injectable } from '@nestjs/common';
import { dateAt } from '#calendar/civil-time.js';
import { isReceiving } from '#calendar/reception.js';
import type { PlannedTerm } from '#plan/plan.row.js';
import { Planned } from '#plan/planned.js';
import type { Hours } from '../call/call.js';

/** When the telephones are open, by the plans of the terms as they are known here. (R023, R026) */
@Injectable()
export class ReceptionHours {
  constructor(@Inject(Planned) private readonly planned: Planned) {}

  /** What held for an instant, to be asked inside a rule. */
  async read(): Promise<(instant: number) => Hours> {
    const terms = (await this.planned.terms()).filter(({ state }) => state !== 'erased');
    return (instant) => hoursAt(terms, instant);
  }
}

/** A call outside the hours belongs to the term whose reception is under way or was the last; before any, to the first. */
export function hoursAt(terms: readonly Pick<PlannedTerm, 'termId' | 'plan'>[], instant: number): Hours {
  const open = terms.find(({ plan }) => isReceiving(plan.reception, instant));
  if (open !== undefined) return { termId: open.termId };
  const date = dateAt(instant);
  const inOrder = terms.toSorted((a, b) => (a.plan.reception.from < b.plan.reception.from ? -1 : 1));
  const term = inOrder.findLast(({ plan }) => plan.reception.from <= date) ?? inOrder[0];
  return { ...(term && { termId: term.termId }), outOfHours: true };
}
