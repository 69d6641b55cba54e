import type { Call } from '../call/call.js';
import { storyOf } from './call-story.policy.js';

/** What came of a file: every call of it is in one of `answered`, `abandoned`, `withoutEnd`, `withoutBeginning`, `struck`. */
export interface ImportTally {
  readonly calls: number;
  readonly answered: number;
  readonly abandoned: number;
  /** Of the abandoned: in less than 5 seconds. */
  readonly shortAbandoned: number;
  /** Of all: reached the queue when the telephones were closed. */
  readonly outOfHours: number;
  /** Still in the queue or in talk at the end of the file. */
  readonly withoutEnd: number;
  /** The line that tells when the call came in is in another file: not counted as a call until it is read. */
  readonly withoutBeginning: number;
  /** Taken out of the counts by a person before. */
  readonly struck: number;
  /** Found on a screen as well, and counted as one. */
  readonly joined: number;
  /** Some seconds were left out, since the clock of the telephone system jumped. */
  readonly clockJumped: number;
  readonly added: number;
  readonly changed: number;
  /** Calls on screens that may be one of several of the file. */
  readonly ambiguous: readonly string[];
}

export const emptyTally: ImportTally = {
  ...{ calls: 0, answered: 0, abandoned: 0, shortAbandoned: 0, outOfHours: 0, withoutEnd: 0, withoutBeginning: 0 },
  ...{ struck: 0, joined: 0, clockJumped: 0, added: 0, changed: 0, ambiguous: [] },
};

export function tallied(a: ImportTally, b: ImportTally): ImportTally {
  const sums = Object.keys(emptyTally).filter((name) => name !== 'ambiguous') as Exclude<
    keyof ImportTally,
    'ambiguous'
  >[];
  return {
    ...(Object.fromEntries(sums.map((name) => [name, a[name] + b[name]])) as Omit<ImportTally, 'ambiguous'>),
    ambiguous: [...a.ambiguous, ...b.ambiguous],
  };
}

export function tallyOf(before: Call, { account, facts }: Call, isJoined: boolean): ImportTally {
  const story = storyOf(facts);
  const count = (yes: unknown) => (yes ? 1 : 0);
  const known = before.account?.callRevision ?? 0;
  return {
    calls: 1,
    answered: count(account?.answer),
    abandoned: count(account?.abandonment),
    shortAbandoned: count(account?.abandonment?.short),
    outOfHours: count(account?.outOfHours),
    withoutEnd: count(account && !account.abandonment && !account.ending && !account.answer),
    withoutBeginning: count(account === undefined),
    struck: 0,
    joined: count(isJoined),
    clockJumped: count(story?.clockJumped),
    added: count(before.account === undefined && account),
    changed: count(before.account && account!.callRevision > known),
    ambiguous: [],
  };
}
