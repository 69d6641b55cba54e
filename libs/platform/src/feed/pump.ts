import { isTransient } from '../log/connection.js';
import type { Alarms } from '../subscription/alarms.js';
import { errorText } from '../subscription/error-text.js';

/** How often is looked without having been woken, milliseconds: the floor under every lost notification. */
export const POLL = 500;
/** Pauses after failures, milliseconds; the last one repeats. */
const PAUSES = [50, 200, 500, 1_000, 2_000];

/** Runs `advance` whenever it is kicked or the poll comes round, one at a time, again while there is more. */
export class Pump {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = false;
  private failures = 0;
  private restsUntil = 0;

  constructor(
    private readonly of: string,
    private readonly alarms: Alarms,
    /** Answers whether there may be more at once. */
    private readonly advance: () => Promise<boolean>,
    /** Milliseconds after which it runs again at the soonest. */
    private readonly rest = 0,
  ) {}

  start(): void {
    this.kick();
  }

  kick(): void {
    if (this.stopped) return;
    if (this.running !== undefined) {
      this.again = true;
      return;
    }
    clearTimeout(this.timer);
    const early = this.restsUntil - performance.now();
    if (early > 0) {
      this.timer = setTimeout(() => this.kick(), early);
      return;
    }
    this.running = this.run().finally(() => {
      this.running = undefined;
      if (this.stopped) return;
      if (this.again && this.failures === 0) this.kick();
      else this.timer = setTimeout(() => this.kick(), this.pause());
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    this.again = false;
    try {
      while (!this.stopped && (await this.advance()));
      this.restsUntil = performance.now() + this.rest;
      if (this.failures > 0) this.alarms.clear('failing', this.of, '');
      this.failures = 0;
    } catch (thrown) {
      this.failures++;
      // Once may be a restart of the database; more often is for a person to know.
      if (this.failures >= 3)
        this.alarms.raise('failing', this.of, '', isTransient(thrown) ? (thrown as Error).message : errorText(thrown));
    }
  }

  private pause(): number {
    return this.failures === 0 ? POLL : PAUSES[Math.min(this.failures, PAUSES.length) - 1]!;
  }
}
