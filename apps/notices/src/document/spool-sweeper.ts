import { systemClock } from '#kernel/clock.js';
import type { ServiceLog } from '#platform/service/logging.js';
import type { Spool } from './spool.js';

const EVERY_MS = 10 * 60_000;

/** Deletes documents when their day is over, also those of a process that has ended since, and what a killed one left. */
export class SpoolSweeper {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly spool: Spool,
    private readonly log: ServiceLog,
  ) {}

  start(): void {
    this.sweep();
    this.timer = setInterval(() => this.sweep(), EVERY_MS);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  private sweep(): void {
    this.sweeping = this.sweeping
      .then(async () => {
        const deleted = await this.spool.deleteOld(systemClock.now());
        await this.spool.clean();
        if (deleted > 0) this.log.info('Documents were deleted from the spool', { count: deleted });
      })
      .catch((err: unknown) => this.log.warn('The spool could not be swept', { err }));
  }
}
