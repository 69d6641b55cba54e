/**
 * Work that is looked for every so often, one run after another. What a run throws is told, and the next one tries again;
 * what is due must stand in the database, so that a restart forgets nothing.
 */
export class Sweep {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly everyMs: number,
    private readonly run: () => Promise<unknown>,
    private readonly onFailure: (err: unknown) => void,
  ) {}

  start(): void {
    const sweep = () => {
      this.running = this.run()
        .catch(this.onFailure)
        .finally(() => {
          if (this.timer !== undefined) this.timer = setTimeout(sweep, this.everyMs);
        });
    };
    this.timer = setTimeout(sweep, this.everyMs);
  }

  /** Ends when the run under way has ended. */
  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.running;
  }
}
