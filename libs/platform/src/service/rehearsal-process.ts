import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The rehearsal desk in a process of its own: what it prints, how it ends. */
export class RehearsalProcess {
  output = '';
  readonly exited: Promise<number | null>;
  readonly #process: ChildProcess;

  constructor(environment: Readonly<Record<string, string>> = {}) {
    const loader = join(process.cwd(), 'tools/source.js');
    const main = join(import.meta.dirname, 'rehearsal-desk.main.ts');
    this.#process = spawn(process.execPath, ['--import', loader, main], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        UKETSUKE_MARK: 'demo',
        PORT: '0',
        DATABASE_URL: 'postgres://nobody@127.0.0.1/nothing',
        SHUTDOWN_DELAY_MS: '0',
        ...environment,
      },
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    this.exited = once(this.#process, 'close').then(([code]) => code as number | null);
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** Where it listens, once it does. */
  async url(): Promise<string> {
    return String((await this.entry('Listening'))['url']);
  }

  entries(): Record<string, unknown>[] {
    const lines = this.output.split('\n').filter((line) => line.startsWith('{') && line.endsWith('}'));
    return lines.map((line) => JSON.parse(line));
  }

  /** The first log entry with this sentence; waits until there is one. */
  async entry(sentence: string): Promise<Record<string, unknown>> {
    let gone = false;
    void this.exited.then(() => (gone = true));
    for (;;) {
      const found = this.entries().find(({ msg }) => msg === sentence);
      if (found) return found;
      if (gone) throw new Error(`The process ended without saying "${sentence}":\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** For the end of a spec, whatever state it is in. */
  async end(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.exited;
  }
}
