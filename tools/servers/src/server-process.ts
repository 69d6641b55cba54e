import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ServerProcess {
  readonly pid: number;
  readonly running: boolean;
  /** The end of its log, for the message when it dies early. */
  lastLines(): string[];
  /** Resolves when the process has gone, whoever ended it. */
  readonly gone: Promise<void>;
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
  /** Removed after an orphan has been ended. */
  orphanRemove?: string[] | undefined;
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
  const leash = tie(pid, options);
  let running = true;
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      running = false;
      leash.kill('SIGKILL');
      // The last log lines say why it died. Not for ever: a backend that outlives its postmaster holds the pipe open.
      void within(closed, 5_000).then(resolve);
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

/**
 * A shell that waits for the end of its standard input, which comes when this process ends, in whatever way. Exit hooks
 * would not run after SIGKILL, and would stop servers behind the back of a caller that handles SIGINT itself.
 */
function tie(pid: number, options: ServerProcessOptions): ChildProcess {
  const script = `read -r _; pid=$1; shift
    kill -${options.orphanSignal} "$pid" 2>/dev/null
    [ $# -gt 0 ] || exit 0
    for i in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$pid" 2>/dev/null && sleep 1; done
    rm -rf -- "$@"`;
  const leash = spawn('/bin/sh', ['-c', script, 'leash', String(pid), ...(options.orphanRemove ?? [])], {
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  leash.on('error', () => undefined);
  leash.unref();
  return leash;
}

export async function within(event: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([event, new Promise((resolve) => (timer = setTimeout(resolve, ms)))]);
  clearTimeout(timer);
}
