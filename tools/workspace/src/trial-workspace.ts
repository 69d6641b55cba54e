import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

/** The workspace these files stand in, whether they run as source or built. */
export const workspace = join(import.meta.dirname, import.meta.dirname.includes('/dist/') ? '../../../..' : '../../..');

const CONFIGURATION = [
  'package.json',
  'package-lock.json',
  'nx.json',
  'tsconfig.base.json',
  'jest.config.js',
  '.swcrc',
  '.oxlintrc.json',
  '.prettierrc.json',
  '.prettierignore',
  '.gitignore',
  '.npmrc',
];

const TOOLS = {
  tsc: 'typescript/bin/tsc',
  oxlint: 'oxlint/bin/oxlint',
  nx: 'nx/dist/bin/nx.js',
  prettier: 'prettier/bin/prettier.cjs',
};

export type Tool = keyof typeof TOOLS;

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  /** Both streams, one after the other. */
  readonly output: string;
}

/** A workspace of a few files under the real configuration and the real tools, to see what they refuse. */
export class TrialWorkspace {
  readonly root = mkdtempSync(join(tmpdir(), 'uketsuke-trial-'));

  constructor() {
    for (const file of CONFIGURATION) this.copy(file);
    symlinkSync(join(workspace, 'node_modules'), join(this.root, 'node_modules'));
  }

  /** A file or folder of the real workspace, without specs: their tools and golden files stay behind. */
  copy(path: string): this {
    const from = join(workspace, path);
    if (existsSync(from)) {
      cpSync(from, join(this.root, path), { recursive: true, filter: (source) => !source.endsWith('.spec.ts') });
    }
    return this;
  }

  /** A project with its two configuration files. Paths of files are from its `src`. */
  project(root: string, files: { readonly [path: string]: string }, references: readonly string[] = []): this {
    const up = relative(join('/', root), '/');
    const tsconfig = {
      extends: `${up}/tsconfig.base.json`,
      compilerOptions: { rootDir: 'src', outDir: `${up}/dist/${root}/src` },
      include: ['src'],
      references: references.map((reference) => ({ path: `${up}/${reference}` })),
    };
    this.write(
      `${root}/project.json`,
      JSON.stringify({ name: root.split('/').at(-1), tags: ['pure'], targets: { build: {}, test: {} } }),
    );
    this.write(`${root}/tsconfig.json`, JSON.stringify(tsconfig));
    for (const [path, text] of Object.entries(files)) this.write(`${root}/src/${path}`, text);
    return this;
  }

  write(path: string, text: string): this {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
    return this;
  }

  run(tool: Tool, ...args: string[]): Outcome {
    return runTool(this.root, tool, ...args);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Runs a tool of the workspace. */
export function runTool(cwd: string, tool: Tool, ...args: string[]): Outcome {
  return runScript(cwd, join(workspace, 'node_modules', TOOLS[tool]), args);
}

/** Runs a script without a daemon, a colour, or a word of the run that this one may be part of. */
export function runScript(cwd: string, script: string, args: readonly string[], path = process.env['PATH']): Outcome {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(NX_|UKETSUKE_|JEST_|NODE_OPTIONS)/.test(name));
  const env = { ...Object.fromEntries(inherited), PATH: path, NX_DAEMON: 'false', NX_TUI: 'false', NO_COLOR: '1' };
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [script, ...args], {
    cwd,
    env,
    encoding: 'utf8',
  });
  if (error) throw error;
  return { status, stdout, output: `${stdout}${stderr}` };
}
