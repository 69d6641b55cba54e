import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';

export interface Leash {
  cancel(): void;
}

/** Signals a process when ours ends without having cancelled this. */
export function signalAtOurEnd(pid: number, signal: 'QUIT' | 'INT' | 'TERM' | 'KILL'): Leash {
  return atOurEnd(`kill -${signal} "$1"`, [String(pid)]);
}

/** Removes files and directories when ours ends; repeatedly, since a server that is dying may still write. */
export function removeAtOurEnd(paths: string[]): Leash {
  return atOurEnd('for i in 1 2 3 4 5; do sleep 1; rm -rf -- "$@"; done', paths);
}

/**
 * A shell that waits for the end of its standard input, which comes when this process ends, in whatever way. Exit hooks
 * would not run after SIGKILL, and would act behind the back of a caller that handles SIGINT itself.
 */
function atOurEnd(script: string, args: string[]): Leash {
  const shell = spawn('/bin/sh', ['-c', `read -r _; ${script}`, 'leash', ...args], {
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.on('error', () => undefined);
  shell.unref();
  (shell.stdin as unknown as Socket).unref();
  return { cancel: () => shell.kill('SIGKILL') };
}
