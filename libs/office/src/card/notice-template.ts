import { Refusal } from '#kernel/refusal.js';

/** A .docx of the city that the doctor has let through. Plain data: it may be stored and sent to a worker. */
export interface NoticeTemplate {
  readonly bytes: Uint8Array;
  /** Names of the placeholders it uses, as written in it without the braces. */
  readonly fields: readonly string[];
}

/** What the doctor says about a template; `code` is stable, `message` a sentence for the desk in Japanese. */
export interface TemplateRemark {
  readonly code: string;
  readonly message: string;
  /** The placeholder, the part or the size that it is about. */
  readonly subject?: string;
}

export type TemplateExamination =
  | { readonly ok: true; readonly template: NoticeTemplate; readonly advice: readonly TemplateRemark[] }
  | { readonly ok: false; readonly refusals: readonly TemplateRemark[] };

/** The refusals of an examination as one answer of the door. */
export function templateRefusal(refusals: readonly TemplateRemark[]): Refusal {
  return new Refusal('template-refused', 'unprocessable', refusals.map(({ message }) => message).join(' '), {
    refusals,
  });
}
