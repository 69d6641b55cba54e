import { businessDays } from '#calendar/business-days.js';
import { Refusal } from '#kernel/refusal.js';
import { terms } from '../booking/bookings-asked.row.js';
import type { PlannedTerm } from '../plan/plan.row.js';
import type { LedgerReading } from '../query/ledger-reading.js';

/** The terms that are known at a place of the log, in order. */
export async function plannedTerms(reading: LedgerReading, termId?: string): Promise<PlannedTerm[]> {
  const rows = await reading.ask<{ data: PlannedTerm }>(terms, termId === undefined ? {} : { termId });
  // What was heard of a term before its plan is no plan yet
  return rows.map(({ data }) => data).filter(({ reception }) => reception !== undefined);
}

/** @throws Refusal `not-found` */
export async function plannedTerm(reading: LedgerReading, termId: string): Promise<PlannedTerm> {
  const [term] = await plannedTerms(reading, termId);
  if (term === undefined) throw new Refusal('not-found', 'not-found', 'There is no such term.');
  return term;
}

/** The term whose telephones are open on a day, or whose were open last; the first one before all of them. */
export function termOn(all: readonly PlannedTerm[], day: string): PlannedTerm | undefined {
  return all.findLast(({ reception }) => reception.from <= day) ?? all[0];
}

/** 開設日, in order. (R023) */
export function openDaysOf({ reception }: PlannedTerm): string[] {
  return businessDays(reception.from, reception.to, reception.exceptions);
}

/** 開設○日目, from 1; null on a day the telephones were closed. */
export function dayNoOf(term: PlannedTerm | undefined, day: string): number | null {
  const index = term === undefined ? -1 : openDaysOf(term).indexOf(day);
  return index < 0 ? null : index + 1;
}

/** The hours in which the telephones are open: `09:00`, …, `15:00`. */
export function hoursOf({ reception }: Pick<PlannedTerm, 'reception'>): string[] {
  const from = Number(reception.opensAt.slice(0, 2));
  const to = Math.ceil(Number(reception.closesAt.slice(0, 2)) + Number(reception.closesAt.slice(3)) / 60);
  return Array.from({ length: to - from }, (_, i) => `${String(from + i).padStart(2, '0')}:00`);
}
