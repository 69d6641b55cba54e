import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { sourceFilesIn } from './source-files.js';

/**
 * Files that only pass on what stands elsewhere. They make import circles (the largest ones found in other houses all
 * run through one) and hide from a reader, and from Nx, who uses what.
 */
export function barrelsIn(workspace: string): string[] {
  return sourceFilesIn(workspace).filter(
    (file) => /^index\./.test(basename(file)) || onlyPassesOn(readFileSync(join(workspace, file), 'utf8')),
  );
}

/** Imports and exports, at least one export, and nothing of its own. */
function onlyPassesOn(text: string): boolean {
  const { statements } = ts.createSourceFile('file.tsx', text, ts.ScriptTarget.Latest);
  return (
    statements.some(ts.isExportDeclaration) &&
    statements.every((statement) => ts.isExportDeclaration(statement) || ts.isImportDeclaration(statement))
  );
}
