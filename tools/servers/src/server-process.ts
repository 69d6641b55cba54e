import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { signalAtOurEnd } from './leash.js';

export interface ServerProcess {
  readonly pid: number;
  readonly running: boolean;
  /** The end of its log, for the message when it dies early. */
  lastLines(): string[];
  /** Resolves with its exit code (null after a signal) when the process has gone, whoever ended it. */
  readonly gone: Promise<number | null>;
  /** Sends each signal in turn, waiting the given time for the process to go. */
  end(steps: { signal: NodeJS.Signals; waitMs: number }[]): Promise<void>;
}

export interface ServerProcessOptions {
  command: string;
  args: string[];
  user?: { uid: number; gid: number } | undefined;
  env?: NodeJS.ProcessEnv;
  onLog?: ((line: string) => void) | undefined;
  /** What the server gets when the process that started it dies without stopping it (even by SIGKILL). */
  orphanSignal: 'QUIT' | 'INT' | 'TERM' | 'KILL';
}

const KEPT_LINES = 40;

export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  // Detached: Ctrl-C in a terminal goes to the whole foreground group, and a server must outlive the services that use it.
  const child = spawn(options.command, options.args, {
    ...options.user,
    detached: true,
    cwd: '/',
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const note = (line: string): void => {
    lines.push(line);
    if (lines.length > KEPT_LINES) lines.shift();
    options.onLog?.(line);
  };
  createInterface({ input: child.stdout }).on('line', note);
  createInterface({ input: child.stderr }).on('line', note);
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  const pid = child.pid as number;
  const leash = signalAtOurEnd(pid, options.orphanSignal);
  let running = true;
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const gone = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      running = false;
      leash.cancel();
      // The last log lines say why it died. Not for ever: a backend that outlives its postmaster holds the pipe open.
      void within(closed, 5_000).then(() => resolve(code));
    });
  });
  return {
    pid,
    get running() {
      return running;
    },
    lastLines: () => [...lines],
    gone,
    async end(steps) {
      for (const { signal, waitMs } of steps) {
        if (!running) break;
        child.kill(signal);
        await within(gone, waitMs);
      }
      if (running) child.kill('SIGKILL');
      await gone;
    },
  };
}

export async function within(event: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([event, new Promise((resolve) => (timer = setTimeout(resolve, ms)))]);
  clearTimeout(timer);
}
