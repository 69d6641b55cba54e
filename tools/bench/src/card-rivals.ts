import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ServerProblem } from '#servers/server-problem.js';

/** A package of its own, so that nobody installs other makers of documents who does not run these benches. */
const RIVALS = join(import.meta.dirname, '../../../../tools/bench/rivals-cards');

/** One of the rivals' packages, installed when it is first asked for. @throws ServerProblem when it cannot be */
export function cardRival<T>(name: string): T {
  if (!existsSync(join(RIVALS, 'node_modules'))) {
    try {
      execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: RIVALS, stdio: 'ignore' });
    } catch {
      throw new ServerProblem(
        'the other makers of documents could not be installed (npm ci in tools/bench/rivals-cards)',
      );
    }
  }
  return createRequire(join(RIVALS, 'package.json'))(name) as T;
}
