import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFilesIn } from './source-files.js';

export interface LongFile {
  readonly file: string;
  readonly lines: number;
  readonly limit: number;
}

/** Files past the soft limits of design §8, the longest first. A report for people: nothing is refused by it. */
export function longFilesIn(workspace: string): LongFile[] {
  return sourceFilesIn(workspace)
    .map((file) => ({
      file,
      lines: readFileSync(join(workspace, file), 'utf8').trimEnd().split('\n').length,
      limit: /\.spec\.tsx?$/.test(file) ? 250 : 150,
    }))
    .filter(({ lines, limit }) => lines > limit)
    .sort((a, b) => b.lines - a.lines);
}
