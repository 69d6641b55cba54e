import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Client } from 'pg';
import { flushDirectory, makeDirectory } from './data-directory.js';
import { removeAtOurEnd } from './leash.js';
import { findPostgresBinaries, postgresUser } from './postgres-binaries.js';
import { prepareDirectory } from './postgres-directory.js';
import { endPostgres, launchPostgres, refuseSecondServer } from './postgres-launch.js';
import { ServerProblem } from './server-problem.js';

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

export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const dataDir = resolve(options.dataDir);
  const passwordFile = `${dataDir}.password`;
  const binaries = findPostgresBinaries();
  const user = postgresUser();
  await refuseSecondServer(dataDir);
  await makeDirectory(dirname(dataDir));
  const litter = options.ephemeral ? removeAtOurEnd([dataDir, passwordFile]) : undefined;
  const password = options.password ?? (await keptPassword(dataDir, passwordFile, options.ephemeral));
  await prepareDirectory(dataDir, binaries, { user, password, sync: !options.ephemeral });

  const { server, port } = await launchPostgres(binaries.postgres, user, dataDir, options);
  const url = `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
  try {
    await greet(url, passwordFile);
  } catch (error) {
    await endPostgres(server);
    throw error;
  }
  return {
    url,
    port,
    dataDir,
    async stop() {
      await endPostgres(server);
      if (!options.ephemeral) return;
      await Promise.all([dataDir, passwordFile].map((path) => rm(path, { recursive: true, force: true })));
      litter?.cancel();
    },
    kill: () => server.end([{ signal: 'SIGKILL', waitMs: 10_000 }]),
    whenGone: async () => void (await server.gone),
  };
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

async function keptPassword(dataDir: string, file: string, ephemeral = false): Promise<string> {
  const kept = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (kept) return kept;
  if (existsSync(join(dataDir, 'PG_VERSION'))) {
    throw new ServerProblem(`The password of the data in ${dataDir} is missing: put it back into ${file}.`);
  }
  const password = randomBytes(24).toString('base64url');
  if (ephemeral) return password;
  // On the disk before the data that only it opens.
  await writeFile(file, `${password}\n`, { mode: 0o600, flush: true });
  await flushDirectory(dirname(file));
  return password;
}
