import { mkdir, open, readFile } from 'node:fs/promises';
import { ServerProblem } from './server-problem.js';

export async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ServerProblem(
      `The directory ${path} could not be made (${code}): make it writable or choose another one.`,
    );
  }
}

/** A rename survives a power cut only when the directory that holds the name has been flushed. */
export async function flushDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}

export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** How a process was started, where the system tells (Linux). */
export async function commandLine(pid: number): Promise<string | undefined> {
  return await readFile(`/proc/${pid}/cmdline`, 'utf8').then(
    (text) => text.replaceAll('\0', ' '),
    () => undefined,
  );
}
