import type { Progress } from '../progress.js';
import { calls } from './calls.output.js';
import type { Check } from './check.js';
import type { PlayedDesk } from './day.js';
import type { Evidence } from './evidence.js';
import { notices } from './notices.output.js';
import { reports } from './reports.output.js';
import type { Summary } from './summary.js';
import { verification } from './verification.output.js';

/** What a step at the end of the day has to work with. */
export interface EndOfDay {
  readonly desk: PlayedDesk;
  readonly evidence: Evidence;
  /** The folder of `--out`; a step writes below it. */
  readonly out: string;
  readonly progress: Progress;
}

/** What a step found, and what it adds to the summary. */
export interface Outcome {
  readonly checks: readonly Check[];
  readonly summary?: Partial<Pick<Summary, 'notices'>>;
}

/** Something the desk does when the telephones have closed: notices, rosters, reports, feeds (design §7). */
export interface Output {
  readonly name: string;
  run(day: EndOfDay): Promise<Outcome>;
}

/** In this order; a service that lands adds its step here, and what all of them have written is verified last. */
export const OUTPUTS: readonly Output[] = [calls, notices, reports, verification];
