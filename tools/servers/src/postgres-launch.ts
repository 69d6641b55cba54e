import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, isPortFree } from './free-port.js';
import type { SystemUser } from './postgres-binaries.js';
import { runningServer, serverEnvironment } from './postgres-directory.js';
import { ServerProblem } from './server-problem.js';
import { type ServerProcess, startServerProcess } from './server-process.js';

export interface LaunchOptions {
  port?: number;
  settings?: Record<string, string>;
  onLog?: (line: string) => void;
  ephemeral?: boolean;
}

const ATTEMPTS = 5;

/** Answers when the server takes connections; a port that was lost to another program is chosen again if it may be. */
export async function launchPostgres(
  command: string,
  user: SystemUser | undefined,
  dataDir: string,
  options: LaunchOptions,
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

export async function refuseSecondServer(dataDir: string): Promise<void> {
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

export async function endPostgres(server: ServerProcess): Promise<void> {
  // Fast shutdown, then immediate shutdown; SIGKILL would leave shared memory behind.
  await server.end([
    { signal: 'SIGINT', waitMs: 60_000 },
    { signal: 'SIGQUIT', waitMs: 10_000 },
  ]);
}

function portTaken(port: number): ServerProblem {
  return new ServerProblem(`Port ${port} is in use by another program: stop that program or choose another port.`);
}

function reason(lines: string[]): string {
  const important = lines.filter((line) => /FATAL|PANIC|ERROR|HINT/.test(line));
  return (important.length > 0 ? important : lines).slice(-3).join(' / ') || 'nothing';
}
