import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { workspaceRoot } from './workspace-root.js';

/** A desk that a spec starts as a person would: what it prints, how it ends. */
export class RehearsalDesk {
  output = '';
  readonly exited: Promise<number | null>;
  readonly pid: number;
  readonly #process: ChildProcess;

  constructor(
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
    program = 'rehearsal-desk.main.ts',
  ) {
    const root = workspaceRoot();
    this.#process = spawn(
      process.execPath,
      ['--import', join(root, 'tools/source.js'), join(root, 'tools/desk/src', program), ...args],
      { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'], ...environment } },
    );
    this.pid = this.#process.pid!;
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    this.exited = once(this.#process, 'close').then(([code]) => code as number | null);
  }

  /** The address it is ready at. */
  async ready(): Promise<string> {
    return (await this.said(/^Uketsuke is ready: (\S+)$/m))[1]!;
  }

  /** Waits until it has said so. */
  async said(words: RegExp): Promise<RegExpExecArray> {
    let gone = false;
    void this.exited.then(() => (gone = true));
    for (;;) {
      const found = words.exec(this.output);
      if (found !== null) return found;
      if (gone) throw new Error(`It ended without having said ${words}:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** For the end of a spec, whatever state it is in. */
  async end(): Promise<void> {
    this.#process.kill('SIGTERM');
    await this.exited;
  }
}
