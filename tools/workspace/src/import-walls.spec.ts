import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TrialWorkspace, workspace } from './trial-workspace.js';
import { projectsIn, referencesOf, wrongReferences } from './workspace-projects.js';

let trial: TrialWorkspace;
beforeAll(() => {
  trial = new TrialWorkspace().copy('libs/kernel').project('apps/alpha', {
    'desk.ts': 'export const desk = 1;\n',
    'desk-type.ts': 'export type Desk = 1;\n',
    'late-desk.ts': 'export const late = 1;\n',
  });
});
afterAll(() => trial.remove());

function beta(importing: string, references: string[] = ['libs/kernel']) {
  rmSync(join(trial.root, 'apps/beta'), { recursive: true, force: true });
  return trial.project('apps/beta', { 'beta.ts': `${importing}\n` }, references);
}

describe('between projects', () => {
  test('an app may use a lib that it references', () => {
    beta(`import { newId } from '#kernel/ids.js';\nexport const id: string = newId();`);
    expect(trial.run('tsc', '-b', 'apps/beta')).toMatchObject({ status: 0, output: '' });
  });

  test('an app that imports another app is refused: a value, a type, or only at run time', () => {
    beta(`export { desk } from '../../alpha/src/desk.js';`)
      .write('apps/beta/src/type.ts', `export type { Desk } from '../../alpha/src/desk-type.js';\n`)
      .write('apps/beta/src/late.ts', `export const late = async () => import('../../alpha/src/late-desk.js');\n`);
    const { status, output } = trial.run('tsc', '-b', 'apps/alpha', 'apps/beta');
    expect(status).not.toBe(0);
    for (const [from, to] of [
      ['beta.ts', 'desk.ts'],
      ['type.ts', 'desk-type.ts'],
      ['late.ts', 'late-desk.ts'],
    ]) {
      expect(output).toMatch(new RegExp(`apps/beta/src/${from}.*TS6059.*apps/alpha/src/${to}`));
      expect(output).toMatch(new RegExp(`apps/beta/src/${from}.*TS6307.*apps/alpha/src/${to}`));
    }
  });

  test('an app that imports a lib without a reference is refused', () => {
    beta(`export { newId } from '#kernel/ids.js';`, []);
    expect(trial.run('tsc', '-b', 'apps/beta').output).toMatch(/TS6307.*libs\/kernel\/src\/ids\.ts/);
  });

  test('a reference to an app, which would let the import through, is refused', () => {
    beta(`export { desk } from '../../alpha/src/desk.js';`, ['apps/alpha']);
    expect(trial.run('tsc', '-b', 'apps/beta').status).toBe(0);
    expect(wrongReferences(projectsIn(trial.root))).toEqual(['apps/beta -> apps/alpha']);
  });

  test('a reference from a pure lib to one that is not is refused', () => {
    const pure = { name: 'kernel', root: 'libs/kernel', tags: ['pure'], references: ['libs/platform'] };
    const platform = { name: 'platform', root: 'libs/platform', tags: [], references: ['libs/kernel'] };
    expect(wrongReferences([pure, platform])).toEqual(['libs/kernel -> libs/platform']);
  });

  test('libs that build on each other in a circle are refused', () => {
    trial
      .project('libs/hen', { 'hen.ts': 'export const hen = 1;\n' }, ['libs/egg'])
      .project('libs/egg', { 'egg.ts': 'export const egg = 1;\n' }, ['libs/hen']);
    expect(trial.run('tsc', '-b', 'libs/hen').output).toMatch(/TS6202/);
  });
});

describe('the tree as it stands', () => {
  const projects = projectsIn(workspace);

  test('has no reference that opens a wall', () => {
    expect(wrongReferences(projects)).toEqual([]);
  });

  test('is built as a whole by `tsc -b`', () => {
    expect(referencesOf(workspace, '.').sort()).toEqual(projects.map(({ root }) => root).sort());
  });
});
