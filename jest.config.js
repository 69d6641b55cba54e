// One run for every project: `npm test`; one project alone: `npx nx test kernel`.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const projects = ['apps', 'libs', 'tools']
  .filter((folder) => existsSync(join(import.meta.dirname, folder)))
  .flatMap((folder) => readdirSync(join(import.meta.dirname, folder)).map((name) => `${folder}/${name}`))
  .map((root) => ({ root, file: join(import.meta.dirname, root, 'project.json') }))
  .filter(({ file }) => existsSync(file))
  .map(({ root, file }) => ({ root, ...JSON.parse(readFileSync(file, 'utf8')) }))
  .filter(({ targets }) => targets.test);

export default {
  testTimeout: 60_000,
  // What a spec file loaded stays in memory after it (modules of an ESM context are not let go of): all of them in one process
  // were 4 GB, and collections of seconds. A worker with more than this is begun anew behind the file.
  workerIdleMemoryLimit: '800MB',
  projects: projects.map(({ name, root, tags = [] }) => ({
    displayName: name,
    rootDir: import.meta.dirname,
    roots: [`<rootDir>/${root}`],
    testEnvironment: 'node',
    testMatch: ['**/*.spec.ts'],
    extensionsToTreatAsEsm: ['.ts'],
    transform: { '^.+\\.ts$': '@swc/jest' },
    setupFiles: ['reflect-metadata'],
    // Once a run, whatever the number of projects that name them.
    ...(tags.includes('pure')
      ? {}
      : {
          globalSetup: '<rootDir>/tools/servers/src/jest-setup.js',
          globalTeardown: '<rootDir>/tools/servers/src/jest-teardown.js',
        }),
    moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
    // 'import' must stay out: with it, CommonJS packages would be handed .mjs files.
    testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  })),
};
