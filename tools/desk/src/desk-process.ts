import { createWriteStream } from 'node:fs';
import { get as getPlain } from 'node:http';
import { get as getTls } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ServerProblem } from '#servers/server-problem.js';
import { startServerProcess, type ServerProcess } from '#servers/server-process.js';

const READY_WITHIN_MS = 90_000;
const LOOK_EVERY_MS = 40;

export interface DeskProcessOptions {
  readonly name: string;
  /** What Node is given: the built `main.js`. */
  readonly program: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly logs: string;
  /** Where it will answer. */
  readonly url: string;
}

/** One service of the desk, in a process of its own; what it says is in `logs/NAME.log`. */
export class DeskProcess {
  /** Set when somebody has asked it to stop: then its end is no accident. */
  private isStopping = false;

  private constructor(
    readonly name: string,
    readonly logFile: string,
    private readonly url: string,
    private readonly server: ServerProcess,
  ) {}

  static async start({ name, program, environment, logs, url }: DeskProcessOptions): Promise<DeskProcess> {
    const logFile = join(logs, `${name}.log`);
    const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
    const server = await startServerProcess({
      command: process.execPath,
      args: [...program],
      // Nothing of our own environment but the way to programs: a setting of the desk must be seen here.
      env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...environment },
      onLog: (line) => void log.write(`${line}\n`),
      orphanSignal: 'TERM',
    });
    void server.gone.then(() => log.end());
    return new DeskProcess(name, logFile, url, server);
  }

  /** Rejects when it ends without having been asked to. */
  async died(): Promise<never> {
    const code = await this.server.gone;
    if (this.isStopping) return new Promise(() => undefined);
    const said = this.server
      .lastLines()
      .filter((line) => !line.startsWith('{') || /"level":"(error|warn)"/.test(line))
      .slice(-3);
    throw new ServerProblem(
      [`The service ${this.name} ended (exit code ${code ?? 'none'}): ${this.logFile} says why.`, ...said].join('\n  '),
    );
  }

  /** @throws ServerProblem when it ends first, or takes too long */
  async ready(): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    const isLate = () => Date.now() > deadline;
    const asking = (async () => {
      while (!isLate()) {
        if (await answers(`${this.url}/health/ready`)) return;
        await sleep(LOOK_EVERY_MS);
      }
      throw new ServerProblem(`The service ${this.name} did not become ready: ${this.logFile} says why.`);
    })();
    await Promise.race([asking, this.died()]);
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await this.server.end([{ signal: 'SIGTERM', waitMs: 40_000 }]);
  }
}

function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    // Whose certificate it is does not matter here: we have started what answers.
    const options = { rejectUnauthorized: false, timeout: 5_000, agent: false as const };
    const request = (url.startsWith('https:') ? getTls : getPlain)(url, options, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('error', () => resolve(false)).on('timeout', () => request.destroy());
  });
}
