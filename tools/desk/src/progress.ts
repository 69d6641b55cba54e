type Out = Pick<NodeJS.WriteStream, 'write'> & Partial<Pick<NodeJS.WriteStream, 'on' | 'isTTY'>>;

/** Says what is being done: one line that changes in a terminal, plain lines elsewhere. */
export class Progress {
  private readonly started = Date.now();
  private hasLine = false;

  constructor(
    private readonly out: Out = process.stdout,
    private readonly steps = 0,
  ) {
    // Who read it may have gone (`npm start | head -1`). The work goes on in silence: others are at this desk, and what has
    // been started is stopped by a signal as ever.
    out.on?.('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }

  private done = 0;

  step(text: string): void {
    this.done += 1;
    const count = this.steps > 0 ? `[${Math.min(this.done, this.steps)}/${this.steps}] ` : '';
    if (this.out.isTTY !== true) {
      this.out.write(`${count}${text}\n`);
      return;
    }
    this.out.write(`\r\u001B[2K${count}${text}`);
    this.hasLine = true;
  }

  /** Work that takes long: in a terminal a line that counts, elsewhere a line every tenth. */
  count(text: string, done: number, all: number): void {
    const isTenth = Math.floor((done * 10) / all) > Math.floor(((done - 1) * 10) / all);
    if (this.out.isTTY === true || isTenth) this.step(`${text}: ${done} of ${all}`);
  }

  /** A line that stays. */
  say(text: string): void {
    this.out.write(`${this.hasLine ? '\r\u001B[2K' : ''}${text}\n`);
    this.hasLine = false;
  }

  seconds(): string {
    return ((Date.now() - this.started) / 1_000).toFixed(1);
  }
}
