import { Refusal } from '#kernel/refusal.js';
import type { TemplateRemark } from '../card/notice-template.js';

/** A roster .xlsx of the city that the doctor has let through. Plain data: it may be stored and sent to a worker. */
export interface RosterTemplate {
  readonly bytes: Uint8Array;
  /** Names of the fields it uses, as in `roster-fields.ts`: of the session, and of the list's columns. */
  readonly fields: readonly string[];
  /** Headings of the list whose column stays empty, for what is written by hand at the venue. */
  readonly blankColumns: readonly string[];
}

export type RosterExamination =
  | { readonly ok: true; readonly template: RosterTemplate; readonly advice: readonly TemplateRemark[] }
  | { readonly ok: false; readonly refusals: readonly TemplateRemark[] };

export interface ExamineOptions {
  /** Headings that the city wants empty, beside those that are known (出欠, 受付, 署名, …). */
  readonly blankColumns?: readonly string[];
}

/** The refusals of an examination as one answer of the door. */
export function rosterTemplateRefusal(refusals: readonly TemplateRemark[]): Refusal {
  return new Refusal('template-refused', 'unprocessable', refusals.map(({ message }) => message).join(' '), {
    refusals,
  });
}
