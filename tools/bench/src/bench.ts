import type { Result } from './result.js';

/** What a bench may use; servers are started when they are first asked for, and stopped after the last bench. */
export interface Ground {
  /** Brokers of a real Kafka. @throws ServerProblem when there is none to be had here */
  kafka(): Promise<readonly string[]>;
  /** A line about what is going on, for people; never in the JSON. */
  progress(line: string): void;
}

export type Bench = (ground: Ground) => AsyncGenerator<Result>;
