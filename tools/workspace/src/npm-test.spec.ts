import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runScript, TrialWorkspace } from './trial-workspace.js';

let trial: TrialWorkspace;
beforeEach(() => {
  trial = new TrialWorkspace();
  for (const file of ['test.js', 'test-outcome.js', 'dependencies.js']) trial.copy(`tools/${file}`);
  // The packages of a trial are the real ones behind a link: npm must never get at them.
  trial.write('bin/npm', '#!/bin/sh\necho "would run: npm $*"\nexit 1\n');
  chmodSync(join(trial.root, 'bin/npm'), 0o755);
});
afterEach(() => trial.remove());

const importing = `import { expect, test } from '@jest/globals';\n`;
const passing = `${importing}\ntest('the desk opens', () => expect(1).toBe(1));\n`;

function npmTest(...args: string[]) {
  trial.run('prettier', '--write', '.');
  const path = `${join(trial.root, 'bin')}:${process.env['PATH']}`;
  const { status, output, stdout } = runScript(trial.root, join(trial.root, 'tools/test.js'), args, path);
  return { status, output, lines: stdout.trimEnd().split('\n') };
}

describe('npm test', () => {
  test('counts what passed and says what was skipped and why', () => {
    const skipping = `
import { appendFileSync } from 'node:fs';
${passing}
appendFileSync(process.env['UKETSUKE_SKIPS']!, 'broker: no Java here\\n');
// oxlint-disable-next-line jest/no-disabled-tests
test.skip('a letter travels', () => expect(1).toBe(2));
`;
    trial.project('libs/desk', { 'desk.ts': 'export const desk = 1;\n', 'desk.spec.ts': skipping });
    const { status, output, lines } = npmTest();
    expect(output).toContain('PASS desk libs/desk/src/desk.spec.ts');
    expect(lines.slice(-5)).toEqual([
      'Skipped:',
      '  broker: no Java here',
      '  test: a letter travels',
      '',
      '1 passed, 0 failed, 1 skipped',
    ]);
    expect(status).toBe(0);
  });

  test('fails for lint, types, a test, and a spec that does not load, each counted once', () => {
    trial.project('libs/desk', {
      'desk.ts': `export const desk: string = 1;\n`,
      'lint.ts': `export const anything = (value: any) => value;\n`,
      'desk.spec.ts': `${passing}\ntest('the desk is wide', () => expect(1).toBe(2));\n`,
      'unloadable.spec.ts': `${importing}\nthrow new Error('no');\n\ntest('never runs', () => expect(1).toBe(1));\n`,
    });
    const { status, output, lines } = npmTest();
    expect(lines.at(-1)).toBe('1 passed, 4 failed, 0 skipped');
    expect(output).toMatch(/lint failed\n {2}types failed\n.*unloadable\.spec\.ts did not run to its end/);
    expect(status).toBe(1);
  });

  test('runs only what matches a pattern, and fails when that is nothing', () => {
    trial.project('libs/desk', {
      'desk.spec.ts': passing,
      'lint.ts': 'export const anything = (value: any) => value;\n',
    });
    const some = npmTest('desk.spec');
    expect(some.lines.at(-1)).toBe('1 passed, 0 failed, 0 skipped');
    expect(some.output).toContain('lint, format and types: a pattern was given');
    const none = npmTest('chair.spec');
    expect(none.lines.at(-1)).toBe('0 passed, 1 failed, 0 skipped');
    expect(none.status).toBe(1);
  });

  test('fails when every test was skipped: a green run has run something', () => {
    trial.project('libs/desk', { 'desk.spec.ts': passing.replace('test(', 'test.skip(') });
    const { status, lines } = npmTest('desk.spec');
    expect(lines.slice(-3)).toEqual(['  no test ran', '', '0 passed, 1 failed, 1 skipped']);
    expect(status).toBe(1);
  });

  test.each(['--help', '-h'])('says with %s how it is called, and runs nothing', (help) => {
    const { status, output, lines } = npmTest(help);
    expect([status, lines.length]).toEqual([0, 3]);
    expect(lines[0]).toBe('npm test                 everything: lint, types, then every test');
    expect(output).not.toMatch(/passed|failed/);
  });

  test('installs first when a package is not the one of the lock file, and stops when it cannot', () => {
    trial.project('libs/desk', { 'desk.spec.ts': passing });
    const lock = readFileSync(join(trial.root, 'package-lock.json'), 'utf8');
    trial.write('package-lock.json', lock.replace(/("node_modules\/zod": \{\s*"version": ")[^"]+/, '$19.9.9'));
    const { status, output, lines } = npmTest();
    expect(output).toContain('would run: npm ci');
    expect(output).toContain('npm ci failed');
    expect(lines.at(-1)).toBe('0 passed, 1 failed, 0 skipped');
    expect(status).toBe(1);
  });
});
