/** Who looked at whom, and why: ids and codes only, so that it can be kept when the persons are gone. (design §6) */
export interface AccessEntry {
  readonly accountId: string;
  readonly action: AccessAction;
  /** A code of why, `booking`, `roster`; never what was typed. 1–60 characters. */
  readonly purpose: string;
  /** The persons seen, or other ids; a search names what it found. */
  readonly subjects: readonly string[];
  /** A code: `done`, `found`, `none`, a slug. 1–60 characters. */
  readonly outcome: string;
  readonly correlationId?: string;
}

export type AccessAction =
  'resolve' | 'search' | 'print' | 'export' | 'disclose' | 'correct' | 'restrict' | 'erase' | 'sign-in' | 'sign-out';
