import { Refusal } from '#kernel/refusal.js';
import type { SlotNeed } from './seat-plan.policy.js';

/** One person on one day. */
export interface Duty {
  readonly accountId: string;
  readonly role: 'supervisor' | 'operator';
  /** Half hours, `09:00` to `16:00`; the end is not worked. */
  readonly from: string;
  readonly to: string;
  /** The supervisor also answers calls (SV・OP兼務); only under an agreement with the city. */
  readonly alsoOperator?: true;
}

/** Who works when on a day. (R027, R030) */
export interface ShiftPlan {
  readonly date: string;
  readonly duties: readonly Duty[];
  /** Number of the agreement (協議記録) by which a supervisor may double as an operator. */
  readonly combinedRoleAgreement?: string;
}

export interface PlanAlarm {
  readonly slot: string;
  readonly needed: number;
  readonly planned: number;
}

/**
 * At least one supervisor and one operator at every minute the telephones are open; one person may be both only by agreement. (6(5)ア)
 * @param slots the half hours that are open
 * @throws Refusal `no-supervisor`, `no-operator` 409 with the slots, `agreement-missing` 409, `invalid-duty` 400
 */
export function checkShiftPlan(plan: ShiftPlan, slots: readonly string[]): void {
  for (const { from, to } of plan.duties) {
    if (from >= to) throw new Refusal('invalid-duty', 'invalid', 'A duty must end after it begins.', { from, to });
  }
  const doubling = plan.duties.filter(({ alsoOperator }) => alsoOperator);
  if (doubling.some(({ role }) => role !== 'supervisor')) {
    throw new Refusal('invalid-duty', 'invalid', 'Only a supervisor can also be an operator.');
  }
  if (doubling.length > 0 && plan.combinedRoleAgreement === undefined) {
    throw new Refusal(
      'agreement-missing',
      'conflict',
      'A supervisor who is also an operator needs the number of the agreement with the city (6(5)ア).',
    );
  }
  const without = (present: (duty: Duty) => boolean) =>
    slots.filter((slot) => !plan.duties.some((duty) => present(duty) && isOn(duty, slot)));
  const unled = without(({ role }) => role === 'supervisor');
  if (unled.length > 0) {
    throw new Refusal('no-supervisor', 'conflict', 'ＳＶのいない時間帯があります。', { slots: unled });
  }
  const unmanned = without(answersCalls);
  if (unmanned.length > 0) {
    throw new Refusal('no-operator', 'conflict', 'ＯＰのいない時間帯があります。', { slots: unmanned });
  }
}

/** Half hours in which fewer will sit at the telephones than are needed. (R030) */
export function alarmsOf(plan: ShiftPlan, needs: readonly SlotNeed[]): PlanAlarm[] {
  return needs.flatMap(({ slot, seats }) => {
    const planned = plan.duties.filter((duty) => answersCalls(duty) && isOn(duty, slot)).length;
    return planned < seats ? [{ slot, needed: seats, planned }] : [];
  });
}

function answersCalls({ role, alsoOperator }: Duty): boolean {
  return role === 'operator' || alsoOperator === true;
}

function isOn({ from, to }: Duty, slot: string): boolean {
  return from <= slot && slot < to;
}
