import { afterBusinessMinutes, type BusinessHours } from '#calendar/business-hours.js';

/** What is waited for next. */
export type EscalationStep = 'confirm' | 'ask' | 'instruct' | 'callBack';

/** Business minutes that each step may take; an urgent one is asked at once. A day of reception has 420. (R037) */
const MINUTES: Readonly<Record<EscalationStep, { readonly normal: number; readonly urgent: number }>> = {
  confirm: { normal: 60, urgent: 10 },
  ask: { normal: 60, urgent: 10 },
  instruct: { normal: 420, urgent: 60 },
  callBack: { normal: 60, urgent: 20 },
};

/** By when the step is taken, as the events hold it. @param now epoch milliseconds */
export function stepDue(step: EscalationStep, urgent: boolean, now: number, hours: BusinessHours): string {
  const { normal, urgent: faster } = MINUTES[step];
  return new Date(afterBusinessMinutes(now, urgent ? faster : normal, hours)).toISOString();
}
