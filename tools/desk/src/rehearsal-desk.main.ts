import { join } from 'node:path';
import { SERVICES, type Programs, type Service } from './desk-services.js';
import { runStart } from './start-command.js';
import { workspaceRoot } from './workspace-root.js';

// `npm start` for specs: the services run from their sources, without a build.

const fromSource = (name: Service) => [
  ...['--import', join(workspaceRoot(), 'tools/source.js')],
  join(workspaceRoot(), 'apps', name, 'src/main.ts'),
];
const programs = Object.fromEntries(SERVICES.map((name) => [name, fromSource(name)])) as unknown as Programs;

process.exit(await runStart(process.argv.slice(2), { programs }));
