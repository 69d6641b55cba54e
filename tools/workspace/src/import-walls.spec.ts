import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TrialWorkspace, workspace } from './trial-workspace.js';
import { projectsIn, referencesOf, wrongReferences } from './workspace-projects.js';

let trial: TrialWorkspace;
beforeAll(() => {
  trial = new TrialWorkspace().copy('libs/kernel').project('apps/alpha', { 'desk.ts': 'export const desk = 1;\n' });
});
afterAll(() => trial.remove());

const beta = (importing: string, references: string[] = ['libs/kernel']) =>
  trial.project('apps/beta', { 'beta.ts': `${importing}\n` }, references);

describe('between projects', () => {
  test('an app may use a lib that it references', () => {
    beta(`import { newId } from '#kernel/ids.js';\nexport const id: string = newId();`);
    expect(trial.run('tsc', '-b', 'apps/beta')).toEqual({ status: 0, output: '' });
  });

  test.each([
    ['the value of another app', `export { desk } from '../../alpha/src/desk.js';`],
    ['the type of another app', `export type { desk } from '../../alpha/src/desk.js';`],
    ['another app at run time', `export const late = async () => import('../../alpha/src/desk.js');`],
  ])('an app that imports %s is refused', (_, importing) => {
    beta(importing);
    const { status, output } = trial.run('tsc', '-b', 'apps/alpha', 'apps/beta');
    expect(status).not.toBe(0);
    expect(output).toMatch(/apps\/beta\/src\/beta\.ts.*TS6059.*apps\/alpha\/src\/desk\.ts/);
    expect(output).toMatch(/apps\/beta\/src\/beta\.ts.*TS6307.*apps\/alpha\/src\/desk\.ts/);
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
