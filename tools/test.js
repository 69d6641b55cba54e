// npm test                 everything: lint, types, then every test
// npm test -- --quick      lint, types, and the tests that need no PostgreSQL and no Kafka
// npm test -- PATTERN …    only the tests in files whose path matches; further options go to jest
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install, isInstalled } from './dependencies.js';
import { outcomeOf, reportOf } from './test-outcome.js';

const workspace = join(import.meta.dirname, '..');

const asked = process.argv.slice(2);
if (asked.includes('--help') || asked.includes('-h')) {
  console.log(usage());
  process.exit(0);
}

const scratch = mkdtempSync(join(tmpdir(), 'uketsuke-npm-test-'));
/** Tests append a line to this file for what they could not do here, and why. */
const skips = join(scratch, 'skips');
const results = join(scratch, 'results.json');
const env = { ...process.env, UKETSUKE_SKIPS: skips, NX_DAEMON: 'false', NX_TUI: 'false' };

let child;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child?.kill(signal));

/** What stands at the head of this file. */
function usage() {
  const lines = readFileSync(import.meta.filename, 'utf8').split('\n');
  const end = lines.findIndex((line) => !line.startsWith('// '));
  return lines
    .slice(0, end)
    .map((line) => line.slice(3))
    .join('\n');
}

/** Runs a script of a package and answers its exit code. What it prints is seen as it comes. */
function run(script, ...args) {
  child = spawn(process.execPath, [...flagsOf(script), join(workspace, 'node_modules', script), ...args], {
    cwd: workspace,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
}

const flagsOf = (script) => (script.startsWith('jest/') ? ['--experimental-vm-modules'] : []);

const STEPS = [
  ['lint', 'oxlint/bin/oxlint', '--deny-warnings', '--disable-nested-config', '.'],
  ['format', 'prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  ['types', 'nx/dist/bin/nx.js', 'run-many', '-t', 'build'],
];

async function main(args) {
  const quick = args.includes('--quick');
  const patterns = args.filter((arg) => arg !== '--quick');
  const failed = [];
  const left = [];
  if (!isInstalled(workspace) && !install(workspace)) {
    return { steps: ['npm ci'], left: ['everything: the packages are not installed'], code: undefined };
  }
  if (patterns.length > 0) left.push('lint, format and types: a pattern was given');
  for (const [name, script, ...rest] of patterns.length > 0 ? [] : STEPS) {
    console.log(`\n== ${name}`);
    if ((await run(script, ...rest)) !== 0) failed.push(name);
  }
  console.log('\n== tests');
  const only = quick ? ['--selectProjects', ...(await projectsWithoutServers())] : [];
  if (quick) left.push('projects whose tests need PostgreSQL or Kafka: --quick was given');
  const code = await run('jest/bin/jest.js', ...patterns, '--json', `--outputFile=${results}`, ...only);
  return { steps: failed, left, code };
}

async function projectsWithoutServers() {
  const { default: config } = await import('../jest.config.js');
  return config.projects.filter(({ globalSetup }) => globalSetup === undefined).map(({ displayName }) => displayName);
}

/** Design §8 sets soft limits: they are told, not enforced. Needs a build. */
async function longFiles() {
  const built = join(workspace, 'dist/tools/workspace/src/soft-lengths.js');
  if (!existsSync(built)) return [];
  const { longFilesIn } = await import(built);
  return longFilesIn(workspace).map(({ file, lines }) => `${file} (${lines})`);
}

const { steps, left, code } = await main(asked);
const jest = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : undefined;
const told = existsSync(skips) ? readFileSync(skips, 'utf8').split('\n').filter(Boolean) : [];
rmSync(scratch, { recursive: true, force: true });

const outcome = outcomeOf({ steps, jest, code });
const report = reportOf(outcome, { reasons: [...left, ...told], longFiles: await longFiles() });
process.exitCode = outcome.failed === 0 ? 0 : 1;
process.stdout.write(`${report.join('\n')}\n`);
