import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ServerProblem } from '#servers/server-problem.js';

/** This file runs from the sources (tests) and from dist. */
export function workspaceRoot(): string {
  for (let at = import.meta.dirname; at !== dirname(at); at = dirname(at)) {
    if (existsSync(join(at, 'nx.json'))) return at;
  }
  throw new ServerProblem('The workspace of Uketsuke was not found: run from inside it.');
}
