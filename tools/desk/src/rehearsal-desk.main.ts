import { join } from 'node:path';
import { runStart } from './start-command.js';
import { workspaceRoot } from './workspace-root.js';

// `npm start` for specs: the services run from their sources, without a build.

const source = (path: string) => ['--import', join(workspaceRoot(), 'tools/source.js'), join(workspaceRoot(), path)];

process.exit(
  await runStart(process.argv.slice(2), {
    programs: {
      reservations: source('apps/reservations/src/main.ts'),
      capacity: source('apps/capacity/src/main.ts'),
      gateway: source('apps/gateway/src/main.ts'),
    },
  }),
);
