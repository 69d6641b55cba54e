const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** Ctrl-C comes twice: to the whole group of the terminal, and once more from npm, which hands on what it got itself. */
const ONE_WISH_MS = 1_000;

/** Somebody wants a command to end: the first time it tidies up, the second time it ends at once. */
export class StopSignal {
  /** The exit code that tells a shell which signal it was. */
  readonly asked: Promise<number>;
  private askedAt: number | undefined;
  private readonly listeners: readonly (readonly [NodeJS.Signals, () => void])[];

  constructor(endAtOnce: (code: number) => void = process.exit) {
    let resolve!: (code: number) => void;
    this.asked = new Promise((done) => (resolve = done));
    this.listeners = SIGNALS.map((signal) => {
      const heard = () => {
        this.askedAt ??= performance.now();
        if (performance.now() - this.askedAt > ONE_WISH_MS) endAtOnce(EXIT_CODES[signal]);
        resolve(EXIT_CODES[signal]);
      };
      process.on(signal, heard);
      return [signal, heard] as const;
    });
  }

  /** Signals do again what they do by themselves. */
  release(): void {
    for (const [signal, heard] of this.listeners) process.off(signal, heard);
  }
}
