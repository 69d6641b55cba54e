import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isAlive } from '#servers/data-directory.js';
import { ServerProblem } from '#servers/server-problem.js';
import type { Mark } from './desk-mark.js';

/** What tools that look at a desk need to know of it: `desk.json`, mode 0600, kept when the desk stops. */
export interface DeskFile {
  readonly mark: Mark;
  readonly url: string;
  readonly port: number;
  readonly databases: Readonly<Record<string, { readonly url: string }>>;
  /** By the service that hears, and the service whose log it is. */
  readonly readers: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly kafkaBrokers?: string;
  readonly keyDirectory: string;
  readonly gatewayKeyDirectory: string;
  readonly pid: number;
}

/** The folder of one desk: its database, its keys, its logs. */
export class DeskDirectory {
  readonly root: string;
  readonly keys: string;
  readonly logs: string;

  /** Where a service keeps documents, sealed, for a day. */
  spoolOf(service: string): string {
    return join(this.root, 'spool', service);
  }

  constructor(directory: string) {
    this.root = resolve(directory);
    this.keys = join(this.root, 'keys');
    this.logs = join(this.root, 'logs');
    try {
      // Passable, so that a PostgreSQL that may not run as root can reach its own folder; what is private is so below.
      mkdirSync(this.root, { recursive: true, mode: 0o711 });
      for (const path of [this.keys, this.logs]) {
        mkdirSync(path, { recursive: true, mode: 0o700 });
        chmodSync(path, 0o700);
      }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new ServerProblem(`The directory ${this.root} could not be made (${code}): choose another --data.`);
    }
  }

  path(...names: string[]): string {
    return join(this.root, ...names);
  }

  /** The content of a private file, made if there is none. */
  kept(path: string, make: () => string): string {
    if (existsSync(path)) return readFileSync(path, 'utf8');
    const content = make();
    this.writePrivate(path, content);
    return content;
  }

  /** Whole or not at all. */
  writePrivate(path: string, content: string): void {
    const draft = `${path}.${randomBytes(4).toString('hex')}.draft`;
    writeFileSync(draft, content, { mode: 0o600, flush: true });
    renameSync(draft, path);
  }

  writeDesk(desk: DeskFile): void {
    this.writePrivate(this.path('desk.json'), `${JSON.stringify(desk, null, 2)}\n`);
  }

  /**
   * Takes the folder for this process. What a killed desk left behind is no obstacle.
   * @returns gives it back
   * @throws ServerProblem when a desk runs here
   */
  take(): () => void {
    const file = this.path('desk.pid');
    for (let attempt = 1; ; attempt += 1) {
      try {
        writeFileSync(file, `${process.pid} ${startOf(process.pid)}`, { flag: 'wx', mode: 0o600 });
        return () => rmSync(file, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 3) throw error;
      }
      const [pid, began = ''] = readFileSync(file, 'utf8').split(' ');
      if (isRunning(Number(pid), began)) {
        throw new ServerProblem(
          `A desk runs in ${this.root} already (pid ${pid}): stop it with "kill ${pid}", or choose another --data.`,
        );
      }
      rmSync(file, { force: true });
    }
  }
}

/** A pid is given to another program in time: only with the same start is it the same. Where this cannot be asked, a living one counts. */
function isRunning(pid: number, began: string): boolean {
  if (!isAlive(pid) || pid === process.pid) return false;
  const beganNow = startOf(pid);
  return beganNow === '' || began === '' || beganNow === began;
}

/** When a process began, in ticks since the machine did (Linux). */
function startOf(pid: number): string {
  try {
    // The name, in brackets, may hold anything; the 22nd field is the 20th after it.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[19]!;
  } catch {
    return '';
  }
}
