import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { REBUILD_NODE } from '#platform/hosting/rebuild-node.js';
import type { RebuildProgress, RebuildResult } from '#platform/subscription/rebuild-run.js';
import { ServerProblem } from '#servers/server-problem.js';
import { logVariable } from './desk-services.js';
import { openDesk } from './open-desk.js';
import { Progress } from './progress.js';
import { rebuildProgramOf } from './rebuild-program.js';
import { rowsInWords } from './verification/finding.js';

const USAGE = `npm run rebuild -- SERVICE PROJECTION [--data DIR] [--database-url URL --log-url URL]
  Builds the tables of a projection again from the first event, beside the old ones, compares the two row by row and
  puts the new ones in their place: npm run rebuild -- capacity seat-board. The desk in DIR (.uketsuke unless given) may
  run or not. The two addresses, of the service's own database and of the log that it hears, name another desk.`;

/** Where a service keeps its tables, and the log that it hears. */
interface Places {
  readonly mark: string;
  readonly databaseUrl: string;
  /** By source. */
  readonly logUrls: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

interface Line {
  readonly progress?: RebuildProgress;
  readonly result?: RebuildResult;
  readonly failed?: string;
}

/** Answers the exit code: 1 also when the old tables were not what the log says. */
export async function runRebuild(args: readonly string[], progress = new Progress()): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...{ data: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
        ...{ 'database-url': { type: 'string' }, 'log-url': { type: 'string' } },
      } as const,
    });
    const [service, projection] = positionals;
    if (values.help) {
      progress.say(USAGE);
      return 0;
    }
    if (service === undefined || projection === undefined || positionals.length > 2) {
      progress.say(`${whatIsWrong(positionals)}\n${USAGE}`);
      return 2;
    }
    const program = rebuildProgramOf(service);
    const places = await placesOf(service, values.data ?? '.uketsuke', values['database-url'], values['log-url']);
    try {
      return tell(await run(program, projection, places, progress), projection, progress);
    } finally {
      await places.close();
    }
  } catch (error) {
    if (error instanceof ServerProblem) progress.say(error.message);
    else if (error instanceof TypeError && 'code' in error) progress.say(`${error.message}\n${USAGE}`);
    else throw error;
    return 1;
  }
}

function whatIsWrong([service, projection]: readonly string[]): string {
  if (service === undefined) return 'The service and its projection are missing.';
  if (projection === undefined) return `The projection is missing: which of ${service}?`;
  return 'One projection at a time: give a service and one of its projections.';
}

async function placesOf(service: string, data: string, databaseUrl?: string, logUrl?: string): Promise<Places> {
  if (databaseUrl !== undefined && logUrl !== undefined) {
    return { mark: 'demo', databaseUrl, logUrls: { reservations: logUrl }, close: async () => undefined };
  }
  const { desk, close } = await openDesk(data, ', or --database-url and --log-url');
  return { mark: desk.mark, databaseUrl: desk.databases[service]!.url, logUrls: desk.readers[service]!, close };
}

async function run(program: string, projection: string, places: Places, progress: Progress): Promise<Line> {
  progress.step(`Rebuilding ${projection}`);
  const child = spawn(process.execPath, [...REBUILD_NODE, program, projection], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      UKETSUKE_MARK: places.mark,
      DATABASE_URL: places.databaseUrl,
      ...Object.fromEntries(Object.entries(places.logUrls).map(([source, url]) => [logVariable(source), url])),
    },
  });
  const ended = once(child, 'close');
  let outcome: Line = {};
  let shown = performance.now();
  for await (const text of createInterface(child.stdout)) {
    const line = JSON.parse(text) as Line;
    if (line.progress === undefined) outcome = line;
    else if (performance.now() - shown > 1_000) {
      const { applied, behind } = line.progress;
      progress.step(`Rebuilding ${projection}: ${count(applied)} of ${count(applied + behind)} events`);
      shown = performance.now();
    }
  }
  await ended;
  return outcome;
}

function tell({ result, failed }: Line, projection: string, progress: Progress): number {
  if (result === undefined) {
    progress.say(failed ?? `${projection} could not be rebuilt.`);
    return 1;
  }
  const { before, after, equal, differences, events, seconds } = result;
  progress.say(`before ${before.hash}`);
  progress.say(`after  ${after.hash}`);
  for (const { table, rows } of after.tables) progress.say(`  ${table}: ${rowsInWords(rows)}`);
  progress.say(`${projection} was built from ${count(events)} events in ${seconds.toFixed(1)} s.`);
  if (equal === undefined)
    progress.say('There was nothing to compare with: the tables are of other code or another log.');
  if (equal === true) progress.say('The new tables are the same as the old ones.');
  if (equal !== false) return 0;
  progress.say('The old tables were not what the log says; the new ones are in their place. They differed in:');
  for (const { table, in: where, row } of differences) progress.say(`  ${table} ${where}: ${JSON.stringify(row)}`);
  return 1;
}

function count(number: number | null): string {
  return number === null || !Number.isFinite(number) ? '?' : number.toLocaleString('en');
}
