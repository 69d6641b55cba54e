import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** One folder under apps, libs or tools with a `project.json`. Paths are from the root of the workspace, with slashes. */
export interface WorkspaceProject {
  readonly name: string;
  readonly root: string;
  readonly tags: readonly string[];
  /** The projects it may import: the references of its tsconfig. */
  readonly references: readonly string[];
}

export const ROOTS = ['apps', 'libs', 'tools'] as const;

export function projectsIn(workspace: string): WorkspaceProject[] {
  return ROOTS.filter((folder) => existsSync(join(workspace, folder)))
    .flatMap((folder) => readdirSync(join(workspace, folder)).map((name) => `${folder}/${name}`))
    .filter((root) => existsSync(join(workspace, root, 'project.json')))
    .map((root) => {
      const { name, tags = [] } = JSON.parse(readFileSync(join(workspace, root, 'project.json'), 'utf8')) as {
        name: string;
        tags?: string[];
      };
      return { name, root, tags, references: referencesOf(workspace, root) };
    });
}

/** What `tsconfig.json` in `folder` references, as paths from the root of the workspace. */
export function referencesOf(workspace: string, folder: string): string[] {
  const file = join(workspace, folder, 'tsconfig.json');
  if (!existsSync(file)) return [];
  const { references = [] } = JSON.parse(readFileSync(file, 'utf8')) as { references?: { path: string }[] };
  return references.map(({ path }) => posix.join(folder, path));
}

/**
 * References that would open a wall: TypeScript refuses an import without a reference, but nothing refuses the
 * reference. Nobody builds on an app, and what is pure builds on what is pure.
 */
export function wrongReferences(projects: readonly WorkspaceProject[]): string[] {
  const pure = new Set(projects.filter(({ tags }) => tags.includes('pure')).map(({ root }) => root));
  return projects.flatMap(({ root, references }) =>
    references
      .filter((reference) => reference.startsWith('apps/') || (pure.has(root) && !pure.has(reference)))
      .map((reference) => `${root} -> ${reference}`),
  );
}
