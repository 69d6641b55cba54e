import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { completed, missingIn, readLockFile } from './lock-file.js';
import { workspace } from './trial-workspace.js';

describe('the lock file', () => {
  const lock = readLockFile(join(workspace, 'package-lock.json'));

  // Red? `node --import ./tools/source.js tools/workspace/src/complete-lock.ts` mends it.
  test('has an entry for every package of every platform, or `npm ci` refuses it', () => {
    expect(missingIn(lock).map(({ name, version }) => `${name} ${version}`)).toEqual([]);
  });

  test('names no place to download from', () => {
    expect(Object.entries(lock.packages).filter(([, { resolved }]) => resolved?.includes('://'))).toEqual([]);
  });
});

describe('completing it', () => {
  const native = {
    '@x/lamp-linux-x64-gnu': '1.0.0',
    '@x/lamp-linux-arm64-musl': '1.0.0',
    '@x/lamp-darwin-arm64': '1.0.0',
  };
  const lamp = { version: '1.0.0', dev: true, optionalDependencies: native };
  const here = { version: '1.0.0', optional: true };

  test('adds what is missing, for its platform only', () => {
    const lock = { packages: { '': {}, 'node_modules/@x/lamp-linux-x64-gnu': here, 'node_modules/lamp': lamp } };
    const whole = completed(lock);
    expect(missingIn(whole)).toEqual([]);
    expect(Object.keys(whole.packages)).toEqual([
      '',
      'node_modules/@x/lamp-darwin-arm64',
      'node_modules/@x/lamp-linux-arm64-musl',
      'node_modules/@x/lamp-linux-x64-gnu',
      'node_modules/lamp',
    ]);
    expect(whole.packages['node_modules/@x/lamp-linux-arm64-musl']).toEqual({
      version: '1.0.0',
      os: ['linux'],
      cpu: ['arm64'],
      libc: ['musl'],
      dev: true,
      optional: true,
    });
    expect(completed(whole)).toEqual(whole);
  });

  test('finds a package beside its owner, below it, and above it', () => {
    const shelf = { version: '1.0.0', optionalDependencies: { 'bulb-linux-x64': '1.0.0' } };
    const at = (place: string) => missingIn({ packages: { 'node_modules/a/node_modules/b': shelf, [place]: here } });
    expect(at('node_modules/bulb-linux-x64')).toEqual([]);
    expect(at('node_modules/a/node_modules/bulb-linux-x64')).toEqual([]);
    expect(at('node_modules/a/node_modules/b/node_modules/bulb-linux-x64')).toEqual([]);
    expect(at('node_modules/c/node_modules/bulb-linux-x64')).toHaveLength(1);
  });

  test.each([
    ['^1.0.0', 'bulb-linux-x64', 'is no exact version'],
    ['1.0.0', 'bulb', 'does not say its platform'],
  ])('leaves %s of %s to a person', (version, name, reason) => {
    const packages = { 'node_modules/lamp': { version: '1.0.0', optionalDependencies: { [name]: version } } };
    expect(() => completed({ packages })).toThrow(reason);
  });
});
