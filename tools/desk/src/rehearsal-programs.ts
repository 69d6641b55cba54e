import { join } from 'node:path';
import { SERVICES, type Programs, type Service } from './desk-services.js';
import { workspaceRoot } from './workspace-root.js';

/** For specs: the services run from their sources, without a build. */
export function sourcePrograms(): Programs {
  const fromSource = (name: Service) => [
    ...['--import', join(workspaceRoot(), 'tools/source.js')],
    join(workspaceRoot(), 'apps', name, 'src/main.ts'),
  ];
  return Object.fromEntries(SERVICES.map((name) => [name, fromSource(name)])) as unknown as Programs;
}
