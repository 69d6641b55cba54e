import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOTS } from './workspace-projects.js';

const LEFT_OUT = new Set(['node_modules', 'dist', 'target', '.nx', '.uketsuke']);

/** Every source file of apps, libs and tools, as paths from the root of the workspace. */
export function sourceFilesIn(workspace: string): string[] {
  return ROOTS.filter((folder) => existsSync(join(workspace, folder)))
    .flatMap((folder) => filesUnder(workspace, folder))
    .filter((file) => /\.(ts|tsx|mts|cts|js|jsx|mjs|cjs)$/.test(file) && !file.endsWith('.d.ts'));
}

function filesUnder(workspace: string, folder: string): string[] {
  return readdirSync(join(workspace, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return LEFT_OUT.has(entry.name) ? [] : filesUnder(workspace, path);
    return entry.isFile() ? [path] : [];
  });
}
