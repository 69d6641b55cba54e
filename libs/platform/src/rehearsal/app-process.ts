import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Another service in a process of its own, from its sources: apps do not import each other. */
export class AppProcess {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
  ) {}

  /**
   * @param name of the app, `reservations`
   * @param fileBytes no file may grow beyond it: the next write fails as on a full disk
   */
  static async start(
    name: string,
    environment: Readonly<Record<string, string>>,
    fileBytes?: number,
  ): Promise<AppProcess> {
    const root = process.cwd();
    const app = ['--import', join(root, 'tools/source.js'), join(root, 'apps', name, 'src/main.ts')];
    const [program, args] = fileBytes === undefined ? [process.execPath, app] : limited(fileBytes, app);
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH: process.env['PATH'], ...environment },
    });
    return new AppProcess(await listening(name, child), child);
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  /** At once, in the middle of whatever it does. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Stands still where it is until it is killed. */
  halt(): void {
    this.child.kill('SIGSTOP');
  }

  private async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill(signal);
    await gone;
  }
}

/** The signal of the limit is ignored, so that the write itself is answered with an error (EFBIG). */
function limited(fileBytes: number, app: readonly string[]): [string, string[]] {
  const script = `trap '' XFSZ; ulimit -f ${Math.ceil(fileBytes / 512)}; exec "$0" "$@"`;
  return ['/bin/sh', ['-c', script, process.execPath, ...app]];
}

function listening(name: string, child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    child.once('exit', () => reject(new Error(`The service ${name} ended before it listened:\n${said.join('\n')}`)));
    createInterface(child.stdout!).on('line', (line) => {
      said.push(line);
      const { msg, url } = line.startsWith('{') ? (JSON.parse(line) as { msg: string; url?: string }) : { msg: line };
      if (msg === 'Listening') resolve(url!);
    });
  });
}
