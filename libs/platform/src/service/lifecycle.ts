import type { ServiceLog } from './logging.js';

/**
 * The order in which a service stops; everything that came in before is finished before what it needs goes away.
 * `consumers`, `lanes`, `relay` and `pool` are for the parts of the platform, the others belong to the bootstrap.
 */
export const STOP_PHASES = [
  'delay', // readiness is already false: whoever sends us requests needs a moment to see it
  'streams', // open-ended answers would hold the next phase for ever
  'http', // accept nothing, answer what is running
  'consumers', // finish the batch, commit, pause
  'lanes', // flush what is waiting
  'relay', // send what the flush has written
  'pool',
  'module', // Nest's own hooks
  'telemetry',
] as const;

export type StopPhase = (typeof STOP_PHASES)[number];

export interface StopOutcome {
  readonly clean: boolean;
  /** Phases in which something failed or took longer than its limit. */
  readonly failed: readonly StopPhase[];
}

interface Task {
  readonly work: () => unknown;
  readonly limitMs: number;
}

export class Lifecycle {
  readonly #tasks = new Map<StopPhase, Task[]>(STOP_PHASES.map((phase) => [phase, []]));
  readonly #log: ServiceLog;
  #stopped: Promise<StopOutcome> | undefined;

  constructor(log: ServiceLog) {
    this.#log = log;
  }

  get isStopping(): boolean {
    return this.#stopped !== undefined;
  }

  /** Work of one phase runs side by side, each within its own limit; then the next phase begins, come what may. */
  onStop(phase: StopPhase, work: () => unknown, limitMs = 5_000): void {
    this.#tasks.get(phase)?.push({ work, limitMs });
  }

  /** Once, however often it is called. After a crash there is nothing to wait for: `skip` the delay. */
  stop(skip: readonly StopPhase[] = []): Promise<StopOutcome> {
    // The flag has to be up before the first phase begins, and `#run` begins at once.
    return (this.#stopped ??= Promise.resolve().then(() => this.#run(skip)));
  }

  async #run(skip: readonly StopPhase[]): Promise<StopOutcome> {
    const failed: StopPhase[] = [];
    for (const phase of STOP_PHASES) {
      const tasks = skip.includes(phase) ? [] : (this.#tasks.get(phase) ?? []);
      if (tasks.length === 0) continue;
      this.#log.info('Stopping', { phase });
      const ended = await Promise.all(tasks.map((task) => this.#end(phase, task)));
      if (ended.includes(false)) failed.push(phase);
    }
    return { clean: failed.length === 0, failed };
  }

  async #end(phase: StopPhase, { work, limitMs }: Task): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<false>((resolve) => {
      timer = setTimeout(() => {
        this.#log.error('Stopping went on without a part that took too long', { phase, limitMs });
        resolve(false);
      }, limitMs);
    });
    try {
      return await Promise.race([Promise.resolve(work()).then(() => true), limit]);
    } catch (err) {
      this.#log.error('A part failed to stop', { phase, err });
      return false;
    } finally {
      clearTimeout(timer);
    }
  }
}
