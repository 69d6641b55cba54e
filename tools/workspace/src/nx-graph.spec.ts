import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runTool, TrialWorkspace, workspace } from './trial-workspace.js';
import { sourceFilesIn } from './source-files.js';
import { projectsIn } from './workspace-projects.js';

interface Graph {
  readonly nodes: { readonly [project: string]: { readonly data: { readonly root: string } } };
  readonly dependencies: { readonly [project: string]: readonly { readonly target: string }[] };
}

let trial: TrialWorkspace;
beforeAll(() => {
  const desk = `import { clock } from '#kernel/clock.js';\n\nexport const desk = clock;\n`;
  trial = new TrialWorkspace()
    .project('libs/kernel', { 'clock.ts': 'export const clock = 1;\n' })
    .project('libs/desk', { 'desk.ts': desk }, ['libs/kernel'])
    .project('libs/hermit', { 'hermit.ts': 'export const alone = 1;\n' });
});
afterAll(() => trial.remove());

describe('the Nx graph of the tree as it stands', () => {
  const projects = projectsIn(workspace);
  let graph: Graph;
  beforeAll(() => {
    const file = join(trial.root, 'graph.json');
    const here = runTool(workspace, 'nx', 'graph', `--file=${file}`);
    if (here.status !== 0) throw new Error(here.output);
    graph = (JSON.parse(readFileSync(file, 'utf8')) as { graph: Graph }).graph;
  });

  test('holds every project', () => {
    const nodes = Object.entries(graph.nodes).map(([name, { data }]) => `${name} at ${data.root}`);
    expect(nodes.sort()).toEqual(projects.map(({ name, root }) => `${name} at ${root}`).sort());
  });

  test('has an edge wherever one project imports another', () => {
    const written = sourceFilesIn(workspace).flatMap((file) => {
      const from = projects.find(({ root }) => file.startsWith(`${root}/`))?.name;
      const imports = readFileSync(join(workspace, file), 'utf8').matchAll(
        /^(?:import|export|\})[^'"`]* from '#([a-z]+)\/[^']+';$/gm,
      );
      return [...imports].map(([, to]) => `${from} -> ${to}`).filter((edge) => edge !== `${from} -> ${from}`);
    });
    const edges = Object.entries(graph.dependencies).flatMap(([from, all]) =>
      all.map(({ target }) => `${from} -> ${target}`),
    );
    expect(edges).toEqual(expect.arrayContaining(written));
    expect(written).toEqual(expect.arrayContaining(['contracts -> kernel', 'platform -> kernel']));
  });

  test('has no edge that TypeScript does not know as a reference', () => {
    const rootOf = new Map(projects.map(({ name, root }) => [name, root]));
    const unknown = projects.flatMap(({ name, references }) =>
      (graph.dependencies[name] ?? [])
        .filter(({ target }) => rootOf.has(target) && !references.includes(rootOf.get(target)!))
        .map(({ target }) => `${name} -> ${target}`),
    );
    expect(unknown).toEqual([]);
  });
});

describe('Nx', () => {
  test('builds nothing twice, and again what changed with all that use it', () => {
    const build = () => trial.run('nx', 'run-many', '-t', 'build');
    expect(build()).toMatchObject({ status: 0, output: expect.not.stringContaining('cache') });
    expect(build().output).toContain('3 out of 3 tasks');
    trial.write('libs/kernel/src/lamp.ts', 'export const lamp = 1;\n');
    expect(build().output).toContain('1 out of 3 tasks');
  });

  test('names the users of a changed lib', () => {
    const affected = (file: string) =>
      (
        JSON.parse(trial.run('nx', 'show', 'projects', '--affected', `--files=${file}`, '--json').output) as string[]
      ).sort();
    expect(affected('libs/kernel/src/clock.ts')).toEqual(['desk', 'kernel']);
    expect(affected('libs/desk/src/desk.ts')).toEqual(['desk']);
  });
});
