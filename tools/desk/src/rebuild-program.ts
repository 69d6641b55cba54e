import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ServerProblem } from '#servers/server-problem.js';
import { WIRING } from './desk-services.js';
import { workspaceRoot } from './workspace-root.js';

const hearing = WIRING.filter(({ hears }) => hears.length > 0)
  .map(({ name }) => name)
  .join(', ');

/** What a service rebuilds with, built if need be. @throws ServerProblem where there is nothing to rebuild */
export function rebuildProgramOf(service: string): string {
  const root = workspaceRoot();
  const project = join(root, 'apps', service);
  if (!/^[a-z]+$/.test(service) || !existsSync(join(project, 'src/rebuild.main.ts'))) {
    throw new ServerProblem(`There is nothing to rebuild in a service "${service}": ${hearing} have projections.`);
  }
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-b', project], { stdio: 'inherit' });
  if (status !== 0) throw new ServerProblem(`apps/${service} could not be built.`);
  return join(root, 'dist/apps', service, 'src/rebuild.main.js');
}
