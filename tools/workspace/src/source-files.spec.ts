import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { barrelsIn } from './barrels.js';
import { longFilesIn } from './soft-lengths.js';
import { TrialWorkspace, workspace } from './trial-workspace.js';

let trial: TrialWorkspace;
beforeEach(() => {
  trial = new TrialWorkspace();
});
afterEach(() => trial.remove());

test.each([
  ['libs/kernel/src/index.ts', `export const own = 1;`],
  ['apps/operator/src/index.tsx', `export const own = 1;`],
  ['libs/kernel/src/all.ts', `export * from './ids.js';`],
  [
    'libs/kernel/src/some.ts',
    `// everything in one place\nexport { newId } from './ids.js';\nexport type { Clock } from './clock.js';`,
  ],
  ['apps/notices/src/passed.ts', `import { newId } from '#kernel/ids.js';\n\nexport { newId as id };`],
  ['tools/start.js', `export * as ids from './ids.js';`],
])('%s is refused as a barrel', (file, text) => {
  trial.write(file, text);
  expect(barrelsIn(trial.root)).toEqual([file]);
});

test.each([
  [`export const own = 1;`],
  [`import { newId } from './ids.js';\n\nexport const id = newId();`],
  [`export { newId } from './ids.js';\n\nexport interface Own {}`],
  [`import './tracing.js';\nimport './main.js';`],
  [``],
])('a file of its own is none: %j', (text) => {
  trial
    .write('libs/kernel/src/own.ts', text)
    .write('libs/kernel/dist/index.ts', '')
    .write('apps/a/node_modules/x/index.js', '');
  expect(barrelsIn(trial.root)).toEqual([]);
});

test('the tree as it stands has no barrel', () => {
  expect(barrelsIn(workspace)).toEqual([]);
});

test('a long file is reported, the longest first; nothing is refused', () => {
  const lines = (count: number) => `${'const a = 1;\n'.repeat(count)}`;
  trial
    .write('libs/a/src/fits.ts', lines(150))
    .write('libs/a/src/fits.spec.ts', lines(250))
    .write('libs/a/src/long.ts', lines(151))
    .write('libs/a/src/long.spec.ts', lines(251));
  expect(longFilesIn(trial.root)).toEqual([
    { file: 'libs/a/src/long.spec.ts', lines: 251, limit: 250 },
    { file: 'libs/a/src/long.ts', lines: 151, limit: 150 },
  ]);
});
