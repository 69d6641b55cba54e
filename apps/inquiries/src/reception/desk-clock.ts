import { Inject, Injectable } from '@nestjs/common';
import type { BusinessHours } from '#calendar/business-hours.js';
import { Refusal } from '#kernel/refusal.js';
import type { PlannedTerm } from '#plan/plan.row.js';
import { Planned } from '#plan/planned.js';
import { hoursAt } from './reception-hours.js';

/** What clocks of people who wait are told of a day: which term it belongs to, and when the desk works. */
export interface DeskDay {
  readonly termId: string;
  readonly hours: BusinessHours;
}

/** When people who wait are counted for: every business day, also when the telephones are closed between two terms. */
@Injectable()
export class DeskClock {
  constructor(@Inject(Planned) private readonly planned: Planned) {}

  /**
   * @returns what holds for an instant, to be asked inside a rule
   * @throws Refusal `no-term` 409 while no term has begun
   */
  async read(): Promise<(instant: number) => DeskDay> {
    const terms = (await this.planned.terms()).filter(({ state }) => state !== 'erased');
    return (instant) => deskDayAt(terms, instant);
  }
}

/** Days that were agreed for any term hold for all: a day is open or closed for the whole desk. */
export function deskDayAt(terms: readonly Pick<PlannedTerm, 'termId' | 'plan'>[], instant: number): DeskDay {
  const { termId = terms[0]?.termId } = hoursAt(terms, instant);
  const term = terms.find((one) => one.termId === termId);
  if (term === undefined)
    throw new Refusal('no-term', 'conflict', 'Plan a term first: what is recorded belongs to one.');
  const { opensAt, closesAt } = term.plan.reception;
  return {
    termId: term.termId,
    hours: { opensAt, closesAt, exceptions: terms.flatMap(({ plan }) => plan.reception.exceptions) },
  };
}
