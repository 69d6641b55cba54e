import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, readFile, readlink, realpath, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { flushDirectory, isAlive, makeDirectory } from './data-directory.js';
import { removeAtOurEnd } from './leash.js';
import { closedDirectory, type PostgresBinaries, type SystemUser } from './postgres-binaries.js';
import { ServerProblem } from './server-problem.js';
import { startServerProcess } from './server-process.js';

/** Makes the data directory if there is none. What is there already is checked and never deleted. */
export async function prepareDirectory(
  dataDir: string,
  binaries: PostgresBinaries,
  options: { user: SystemUser | undefined; password: string; sync: boolean },
): Promise<void> {
  for (const path of options.user ? [dataDir, binaries.postgres] : []) {
    const closed = closedDirectory(path, options.user as SystemUser);
    if (closed) {
      throw new ServerProblem(
        `The system user "postgres" may not enter ${closed}, which is on the way to ${path}: run "chmod o+x ${closed}", or choose another place.`,
      );
    }
  }
  const content = await readdir(dataDir).catch((): string[] => []);
  if (content.length === 0) {
    await make(dataDir, binaries, options);
    return;
  }
  if (!content.includes('PG_VERSION') || !content.includes('global')) {
    throw new ServerProblem(
      `${dataDir} is not empty and is not a PostgreSQL data directory: move it away or choose another directory.`,
    );
  }
  const version = (await readFile(join(dataDir, 'PG_VERSION'), 'utf8')).trim();
  if (version !== binaries.major) {
    throw new ServerProblem(
      `${dataDir} was made by PostgreSQL ${version} and this is PostgreSQL ${binaries.major}: restore a backup into a new directory, or set DATABASE_URL to a PostgreSQL ${version}.`,
    );
  }
}

/**
 * initdb works in a directory beside the real one, which gets its name only when it is complete. So a cluster is never
 * half made, and what a killed initdb leaves behind can be deleted: no server has ever run on it.
 */
async function make(
  dataDir: string,
  binaries: PostgresBinaries,
  options: { user: SystemUser | undefined; password: string; sync: boolean },
): Promise<void> {
  const parent = dirname(dataDir);
  const prefix = `${basename(dataDir)}.making-`;
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix) && !isAlive(Number.parseInt(name.slice(prefix.length), 10))) {
      await rm(join(parent, name), { recursive: true, force: true });
    }
  }
  const making = join(parent, `${prefix}${process.pid}-${randomBytes(4).toString('hex')}`);
  await makeDirectory(making);
  const litter = removeAtOurEnd([making]);
  const passwordFile = join(making, 'password');
  const cluster = join(making, 'cluster');
  try {
    await mkdir(cluster, { mode: 0o700 });
    await writeFile(passwordFile, options.password, { mode: 0o600 });
    for (const path of options.user ? [making, cluster, passwordFile] : []) {
      await chown(path, (options.user as SystemUser).uid, (options.user as SystemUser).gid);
    }
    await runInitdb(binaries.initdb, cluster, passwordFile, options);
    await rmdir(dataDir).catch(() => undefined);
    await rename(cluster, dataDir).catch(unlessMadeMeanwhile);
    await flushDirectory(parent);
  } finally {
    await rm(making, { recursive: true, force: true });
    litter.cancel();
  }
}

/** Two starts on one new directory: one of them makes it, and only one of them will get its lock. */
function unlessMadeMeanwhile(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
}

async function runInitdb(
  initdb: string,
  cluster: string,
  passwordFile: string,
  options: { user: SystemUser | undefined; sync: boolean },
): Promise<void> {
  const run = await startServerProcess({
    command: initdb,
    args: [
      `--pgdata=${cluster}`,
      '--username=postgres',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      // The same order of texts on every machine, whatever locales it has.
      '--locale-provider=builtin',
      '--locale=C.UTF-8',
      '--lc-messages=C',
      ...(options.sync ? [] : ['--no-sync']),
    ],
    user: options.user,
    env: serverEnvironment(),
    orphanSignal: 'TERM',
  });
  if ((await run.gone) !== 0) {
    const said = run.lastLines().slice(-3).join(' / ');
    throw new ServerProblem(`PostgreSQL could not make its data directory; initdb said: ${said}`);
  }
}

/** The pid of a server that runs on this directory now. A stale postmaster.pid, even one whose pid was reused, is none. */
export async function runningServer(dataDir: string): Promise<number | undefined> {
  const lockFile = join(dataDir, 'postmaster.pid');
  const text = await readFile(lockFile, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const pid = Number(text.split('\n')[0]);
  if (!isAlive(pid)) return undefined;
  // A postmaster works inside its data directory. Where this cannot be asked, a living pid counts as a server.
  const workingDirectory = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  if (workingDirectory === undefined || workingDirectory === (await realpath(dataDir))) return pid;
  await rm(lockFile);
  return undefined;
}

/** PostgreSQL takes settings from PG… and LC_… variables: the server must not depend on who started it. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
}
