import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { CallerSigner } from '#platform/service/caller-token.js';
import { CALLER_HEADER } from '#platform/service/caller.js';
import { testDatabase, type TestDatabase } from '#servers/test-database.js';

const workspace = process.cwd();

export interface CapacityOptions {
  readonly logUrl: string;
  readonly brokers?: readonly string[];
  readonly topicPrefix?: string;
}

/** The capacity service as the desk starts it: a process of its own over a database of its own. */
export class CapacityProcess {
  private constructor(
    readonly url: string,
    readonly database: TestDatabase,
    private readonly service: ChildProcess,
    private readonly environment: Readonly<Record<string, string>>,
    private readonly signer: CallerSigner,
  ) {}

  static async start({ logUrl, brokers, topicPrefix }: CapacityOptions): Promise<CapacityProcess> {
    const compiler = join(workspace, 'node_modules/typescript/bin/tsc');
    const built = spawnSync(process.execPath, [compiler, '-b', join(workspace, 'apps/capacity')], { stdio: 'inherit' });
    if (built.status !== 0) throw new Error('apps/capacity could not be built.');
    const database = await testDatabase();
    const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const environment = {
      UKETSUKE_MARK: 'demo',
      DATABASE_URL: database.url,
      PORT: '0',
      SHUTDOWN_DELAY_MS: '0',
      GATEWAY_PUBLIC_KEY: publicKey,
      RESERVATIONS_LOG_URL: logUrl,
      ...(brokers && { KAFKA_BROKERS: brokers.join(), KAFKA_TOPIC_PREFIX: topicPrefix ?? '' }),
    };
    const service = run('main.js', [], environment);
    const url = await listening(service);
    return new CapacityProcess(url, database, service, environment, await CallerSigner.open(privateKey));
  }

  async headers(): Promise<Record<string, string>> {
    return { [CALLER_HEADER]: await this.signer.sign({ accountId: 'bench', roles: ['operator'], handler: true }) };
  }

  /** Another program of the app, which says with a message that it is ready to begin. */
  beside(program: string, node: readonly string[], ...args: readonly string[]): ChildProcess {
    return run(program, args, this.environment, node);
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.service.once('exit', resolve));
    this.service.kill('SIGTERM');
    await gone;
    await this.database.drop();
  }
}

function run(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  node: readonly string[] = [],
): ChildProcess {
  return fork(join(workspace, 'dist/apps/capacity/src', program), [...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    execArgv: [...node],
    env: { PATH: process.env['PATH'] ?? '', ...environment },
  });
}

/** Reads on to the end: a service whose lines nobody takes comes to a stand. */
function listening(service: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    service.once('exit', () => reject(new Error('The capacity service ended before it listened.')));
    createInterface(service.stdout!).on('line', (line) => {
      const { msg, url } = JSON.parse(line) as { msg: string; url?: string };
      if (msg === 'Listening') resolve(url!);
    });
  });
}
