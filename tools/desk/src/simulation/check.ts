/** One thing that must be so at the end of the day. */
export interface Check {
  readonly name: string;
  /** Nothing is wrong; which is also said of what could not be compared. */
  readonly ok: boolean;
  readonly outcome: 'ok' | 'wrong' | 'not compared';
  /** What was compared, and the first things that differ. */
  readonly detail: string;
}

const SHOWN = 5;

/** @param wrong what differs, each in words without names of people; empty when it is as it must be */
export function check(name: string, compared: string, wrong: readonly string[]): Check {
  const more = wrong.length > SHOWN ? ` and ${wrong.length - SHOWN} more` : '';
  const detail = wrong.length === 0 ? compared : `${compared}; but ${wrong.slice(0, SHOWN).join(', ')}${more}`;
  return { name, ok: wrong.length === 0, outcome: wrong.length === 0 ? 'ok' : 'wrong', detail };
}

/** One that has nothing to look at here. */
export function notCompared(name: string, why: string): Check {
  return { name, ok: true, outcome: 'not compared', detail: why };
}
