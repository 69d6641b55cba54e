import { createHmac, type KeyObject } from 'node:crypto';
import { isUuid } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';

/** Who looked at whom, and why: ids and codes only, so that it can be kept when the persons are gone. (design §6) */
export interface AccessEntry {
  readonly accountId: string;
  readonly action: AccessAction;
  /** A code of why, `booking` or `roster-print`; never what was typed. */
  readonly purpose: string;
  /** Ids of the persons seen, or of what stands for them; a search names what it found. */
  readonly subjects: readonly string[];
  /** A code: `done`, `found`, `none`, or the slug of a refusal. */
  readonly outcome: string;
  readonly correlationId?: string;
}

export type AccessAction =
  | ('resolve' | 'search' | 'print' | 'export' | 'disclose' | 'correct' | 'restrict' | 'erase')
  // of the gateway: who came in, who was refused what, what became of an account
  | ('sign-in' | 'sign-out' | 'refuse' | 'account');

/** An entry in its place. */
export interface ChainedEntry extends AccessEntry {
  /** From 1, without holes. */
  readonly n: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** The last entry of a chain; `n` 0 of an empty one. */
export interface AccessHead {
  readonly n: number;
  /** 64 hexadecimal digits, all 0 before the first entry. */
  readonly hash: string;
}

const CODE = /^[A-Za-z][A-Za-z0-9-]{0,59}$/;
// printable, so that no name with a NUL or half a character can be slipped in; a name of Kanji has no place here
const NAME = /^[\x21-\x7e]{1,200}$/;

export const FIRST_HASH = '0'.repeat(64);

/** The hash of an entry: over the one before, its number and every field. @param key `createSecretKey` once, it is faster */
export function hashAfter(before: string, key: KeyObject, entry: ChainedEntry): string {
  const { n, at, accountId, action, purpose, subjects, outcome, correlationId } = entry;
  const text = JSON.stringify([before, n, at, accountId, action, purpose, subjects, outcome, correlationId ?? null]);
  return createHmac('sha256', key).update(text).digest('hex');
}

/**
 * One entry that cannot be stored would fail all that are committed with it.
 * @throws Refusal `invalid-body` 400 naming the field: a purpose may have come with the request
 */
export function mustBeWritable(entry: AccessEntry): void {
  const problems = [
    !NAME.test(entry.accountId) && { field: 'accountId', problem: 'is not 1 to 200 printable ASCII characters' },
    !CODE.test(entry.action) && { field: 'action', problem: 'is no code' },
    !CODE.test(entry.purpose) && {
      field: 'purpose',
      problem: 'is no code of a letter and up to 59 letters, digits or hyphens',
    },
    !CODE.test(entry.outcome) && { field: 'outcome', problem: 'is no code' },
    !entry.subjects.every(isUuid) && { field: 'subjects', problem: 'are not all lower-case uuids' },
    entry.correlationId !== undefined &&
      !NAME.test(entry.correlationId) && {
        field: 'correlationId',
        problem: 'is not 1 to 200 printable ASCII characters',
      },
  ].filter((problem) => problem !== false);
  if (problems.length === 0) return;
  throw new Refusal('invalid-body', 'invalid', 'Name the purpose as a code; the access log takes ids and codes only.', {
    fields: problems,
  });
}
