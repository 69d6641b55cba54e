import { readFileSync, writeFileSync } from 'node:fs';

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly optionalDependencies?: { readonly [name: string]: string };
}

export interface LockFile {
  readonly packages: { readonly [path: string]: LockedPackage };
}

/** A package that `owner` would like to have on some platform, and that has no entry. */
export interface MissingPackage {
  readonly name: string;
  readonly version: string;
  readonly owner: LockedPackage;
}

/**
 * npm writes no entry for a package of another platform that its registry does not carry, and `npm ci` then refuses
 * the lock file it wrote itself, everywhere.
 */
export function missingIn({ packages }: LockFile): MissingPackage[] {
  return Object.entries(packages).flatMap(([path, owner]) =>
    Object.entries(owner.optionalDependencies ?? {})
      .filter(([name]) => !placesOf(path, name).some((place) => place in packages))
      .map(([name, version]) => ({ name, version, owner })),
  );
}

/** The lock file with an entry for each, which npm skips on every platform but its own and fills in there. */
export function completed(lock: LockFile): LockFile {
  const added = missingIn(lock).map(({ name, version, owner: { dev, devOptional } }) => {
    if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      throw new Error(`${name} ${version} is no exact version: add it by hand`);
    const flags = { ...(dev && { dev }), ...(devOptional && { devOptional }), optional: true };
    return [`node_modules/${name}`, { version, ...platformOf(name), ...flags }] as const;
  });
  const packages = [...Object.entries(lock.packages), ...added].sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { ...lock, packages: Object.fromEntries(packages) };
}

/** Where node would look for `name` from `path`, nearest first. */
function placesOf(path: string, name: string): string[] {
  if (path === '') return [`node_modules/${name}`];
  const parent = path.lastIndexOf('/node_modules/');
  return [`${path}/node_modules/${name}`, ...placesOf(parent === -1 ? '' : path.slice(0, parent), name)];
}

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'];

/** Native packages are called after their platform: `@swc/core-linux-x64-musl`. */
function platformOf(name: string) {
  const words = name.split(/[-/]/);
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = PROCESSORS.filter((processor) => words.includes(processor));
  if (os.length !== 1 || cpu.length !== 1) throw new Error(`${name} does not say its platform: add it by hand`);
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.some((word) => word.startsWith('gnu'))
      ? ['glibc']
      : [];
  return { os, cpu, ...(os[0] === 'linux' && libc.length > 0 && { libc }) };
}

export function readLockFile(file: string): LockFile {
  return JSON.parse(readFileSync(file, 'utf8')) as LockFile;
}

export function writeLockFile(file: string, lock: LockFile): void {
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}
