import { cpus } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { Refusal } from '#kernel/refusal.js';

/** OWASP's least for argon2id; the library's default algorithm is argon2id. 19 MiB a run. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Runs at once: as many as there are processors, so that a flood of sign-ins takes neither memory nor every thread. */
const AT_ONCE = Math.max(1, Math.min(4, cpus().length));
const WAITING = 200;

/** Verified in place of an unknown account, so that the answer takes as long. */
const NOBODY = hash('nobody has this password', COST);

/** Only one factor, so 15 characters at least (NIST 800-63B-4). */
export const SHORTEST_PASSWORD = 15;
export const LONGEST_PASSWORD = 200;

let running = 0;
const waiting: (() => void)[] = [];

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize('NFKC'), COST));
}

/** @param kept undefined for an account that does not exist: answers false as late as for a wrong password */
export async function isPassword(kept: string | undefined, password: string): Promise<boolean> {
  const against = kept ?? (await NOBODY);
  const matches = await inTurn(() => verify(against, password.normalize('NFKC')));
  return matches && kept !== undefined;
}

/** Whether a hash was made with less than today's cost: made anew when its owner signs in. */
export function isOutOfDate(kept: string): boolean {
  return !kept.startsWith(`$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$`);
}

/** @throws Refusal `unavailable` when too many wait already */
async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (waiting.length >= WAITING) throw new Refusal('unavailable', 'unavailable', 'Too many are signing in; try again.');
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    // The place is handed on, not given back, so that nobody slips in between.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
