import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether node_modules holds what the lock file names. Times of files say nothing: a checkout and npm both touch them. */
export function isInstalled(workspace) {
  const receipt = join(workspace, 'node_modules/.package-lock.json');
  if (!existsSync(receipt)) return false;
  const wanted = packagesIn(join(workspace, 'package-lock.json'));
  const present = packagesIn(receipt);
  return Object.entries(wanted)
    .filter(([path]) => path !== '')
    .every(([path, { version, optional, devOptional }]) =>
      // An optional one may belong to another machine.
      present[path] === undefined ? optional || devOptional : present[path].version === version,
    );
}

/** Exactly what the lock file names, and nothing else; false when npm could not. */
export function install(workspace) {
  // Without the warnings of packages that name a newer Node: the specs run on the oldest of ours
  return (
    spawnSync('npm', ['ci', '--loglevel=error'], {
      cwd: workspace,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    }).status === 0
  );
}

const packagesIn = (lockFile) => JSON.parse(readFileSync(lockFile, 'utf8')).packages;
