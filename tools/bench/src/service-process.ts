import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

const workspace = process.cwd();

/** A service of the workspace in a process of its own, built if it has to be. */
export class ServiceProcess {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
  ) {}

  /** @param node what the desk gives Node for this service */
  static async start(
    app: string,
    environment: Readonly<Record<string, string>>,
    node: readonly string[] = [],
  ): Promise<ServiceProcess> {
    const compiler = join(workspace, 'node_modules/typescript/bin/tsc');
    const built = spawnSync(process.execPath, [compiler, '-b', join(workspace, 'apps', app)], { stdio: 'inherit' });
    if (built.status !== 0) throw new Error(`apps/${app} could not be built.`);
    return ServiceProcess.run(join(workspace, 'dist/apps', app, 'src/main.js'), environment, node);
  }

  /** A program that logs as a service does, or sends its address to its parent. */
  static async run(
    program: string,
    environment: Readonly<Record<string, string>>,
    node: readonly string[] = [],
  ): Promise<ServiceProcess> {
    const child = fork(program, [], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      execArgv: [...node],
      env: { PATH: process.env['PATH'] ?? '', ...environment },
    });
    return new ServiceProcess(await listening(child), child);
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await gone;
  }
}

function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('The service ended before it listened.')));
    child.once('message', (url: string) => resolve(url));
    createInterface(child.stdout!).on('line', (line) => {
      const { msg, url } = line.startsWith('{') ? (JSON.parse(line) as { msg: string; url?: string }) : { msg: line };
      if (msg === 'Listening') resolve(url!);
    });
  });
}
