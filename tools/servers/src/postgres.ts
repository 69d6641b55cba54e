import { randomBytes } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { makeDirectory } from './data-directory.js';
import { freePort, isPortFree } from './free-port.js';
import { removeAtOurEnd } from './leash.js';
import { findPostgresBinaries, postgresUser, type SystemUser } from './postgres-binaries.js';
import { prepareDirectory, runningServer, serverEnvironment } from './postgres-directory.js';
import { ServerProblem } from './server-problem.js';
import { type ServerProcess, startServerProcess } from './server-process.js';

export interface PostgresServer {
  /** Superuser url of database `postgres` on 127.0.0.1. */
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  stop(): Promise<void>;
  /** SIGKILL to the postmaster: what a crash leaves behind, for fault tests. */
  kill(): Promise<void>;
  /** Resolves when the server has ended, whoever ended it. */
  whenGone(): Promise<void>;
}

export interface PostgresOptions {
  dataDir: string;
  /** A free one if absent. */
  port?: number;
  /** Otherwise one is generated and kept in `<dataDir>.password` (mode 0600). */
  password?: string;
  settings?: Record<string, string>;
  onLog?: (line: string) => void;
  /** stop() deletes the data directory and the password. */
  ephemeral?: boolean;
}

const ATTEMPTS = 5;

export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const dataDir = resolve(options.dataDir);
  const passwordFile = `${dataDir}.password`;
  const binaries = findPostgresBinaries();
  const user = postgresUser();
  await refuseSecondServer(dataDir);
  await makeDirectory(dirname(dataDir));
  const litter = options.ephemeral ? removeAtOurEnd([dataDir, passwordFile]) : undefined;
  const password = options.password ?? (await keptPassword(passwordFile, options.ephemeral));
  await prepareDirectory(dataDir, binaries, { user, password, sync: !options.ephemeral });

  const { server, port } = await launch(binaries.postgres, user, dataDir, options);
  const url = `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
  try {
    await greet(url, passwordFile);
  } catch (error) {
    await end(server);
    throw error;
  }
  return {
    url,
    port,
    dataDir,
    async stop() {
      await end(server);
      if (!options.ephemeral) return;
      await Promise.all([dataDir, passwordFile].map((path) => rm(path, { recursive: true, force: true })));
      litter?.cancel();
    },
    kill: () => server.end([{ signal: 'SIGKILL', waitMs: 10_000 }]),
    whenGone: async () => void (await server.gone),
  };
}

async function launch(
  command: string,
  user: SystemUser | undefined,
  dataDir: string,
  options: PostgresOptions,
): Promise<{ server: ServerProcess; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    if (options.port !== undefined && !(await isPortFree(options.port))) throw portTaken(options.port);
    const port = options.port ?? (await freePort());
    const server = await startServerProcess({
      command,
      args: ['-D', dataDir, '-p', String(port), ...flags(options.settings)],
      user,
      env: serverEnvironment(),
      onLog: options.onLog,
      orphanSignal: options.ephemeral ? 'QUIT' : 'INT',
    });
    if (await isReady(server, dataDir)) return { server, port };

    const said = server.lastLines().join('\n');
    const portLost = said.includes('Address already in use');
    // Backends of a killed postmaster need a moment to notice that it has gone.
    const notYetFree = said.includes('pre-existing shared memory block');
    if (attempt < ATTEMPTS && ((portLost && options.port === undefined) || notYetFree)) {
      await sleep(notYetFree ? 1_000 : 0);
      continue;
    }
    if (portLost) throw portTaken(port);
    await refuseSecondServer(dataDir);
    throw new ServerProblem(`PostgreSQL did not start on ${dataDir}; it said: ${reason(server.lastLines())}`);
  }
}

async function refuseSecondServer(dataDir: string): Promise<void> {
  const pid = await runningServer(dataDir);
  if (pid === undefined) return;
  throw new ServerProblem(
    `A PostgreSQL server (pid ${pid}) is already running on ${dataDir}: stop it with "kill -INT ${pid}", or choose another directory.`,
  );
}

function flags(settings: Record<string, string> = {}): string[] {
  const all: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    // No socket file: it would lie in a shared directory and clash between servers.
    unix_socket_directories: '',
    logging_collector: 'off',
    log_destination: 'stderr',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...settings,
  };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Ready is what the postmaster itself writes into its lock file; a log line may be translated, cut or early. */
async function isReady(server: ServerProcess, dataDir: string): Promise<boolean> {
  while (server.running) {
    const lines = (await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    if (Number(lines[0]) === server.pid && lines[7]?.trim() === 'ready') return true;
    await sleep(20);
  }
  await server.gone;
  return false;
}

async function greet(url: string, passwordFile: string): Promise<void> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    await client.query('select 1');
  } catch (error) {
    if ((error as { code?: string }).code !== '28P01') throw error;
    throw new ServerProblem(
      `The password does not fit the data: give the one the data directory was made with, or put it back into ${passwordFile}.`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function end(server: ServerProcess): Promise<void> {
  // Fast shutdown, then immediate shutdown; SIGKILL would leave shared memory behind.
  await server.end([
    { signal: 'SIGINT', waitMs: 60_000 },
    { signal: 'SIGQUIT', waitMs: 10_000 },
  ]);
}

async function keptPassword(file: string, ephemeral = false): Promise<string> {
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept) return kept.trim();
  const password = randomBytes(24).toString('base64url');
  if (!ephemeral) await writeFile(file, `${password}\n`, { mode: 0o600 });
  return password;
}

function portTaken(port: number): ServerProblem {
  return new ServerProblem(`Port ${port} is in use by another program: stop that program or choose another port.`);
}

function reason(lines: string[]): string {
  const important = lines.filter((line) => /FATAL|PANIC|ERROR|HINT/.test(line));
  return (important.length > 0 ? important : lines).slice(-3).join(' / ') || 'nothing';
}
