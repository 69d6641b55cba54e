import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The most that a process which makes these documents ever had in memory, megabytes. */
export async function officeMemory(what: 'rosters' | 'export'): Promise<number> {
  const child = fork(fileURLToPath(new URL('office-process.js', import.meta.url)), [what]);
  return new Promise((resolve, reject) => {
    child.once('message', (peak) => resolve(peak as number));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The process that makes ${what} ended with ${code}.`)));
  });
}
