import type pg from 'pg';
import { openPipelinedPool } from '../log/connection.js';
import { migrate } from '../log/migrate.js';
import type { Feed } from '../feed/feed.js';
import { Alarms } from '../subscription/alarms.js';
import { listParked } from '../subscription/parking.js';
import { rebuild } from '../subscription/rebuild.js';
import type { RebuildProgress } from '../subscription/rebuild-run.js';
import type { Projection } from '../subscription/subscriber.js';
import { Subscriptions1764000000002 } from '../subscription/subscription.migration.js';
import { prepare } from '../subscription/subscriptions.js';

export interface RebuildProgram {
  readonly service: string;
  readonly databaseUrl: string;
  readonly projections: readonly Projection[];
  /** One for each source of the projection. */
  readonly openFeeds: (sources: readonly string[]) => readonly Feed[];
}

const tell = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

/** What the command line asks for: one projection to be rebuilt, or all of them to be compared. */
export interface Asked {
  readonly projections: readonly Projection[];
  /** Leaves the tables as they are: `npm run verify`. */
  readonly compareOnly: boolean;
}

/** `NAME`, or `--compare` for all; else the end of the process with the names there are. */
export function projectionAsked(service: string, projections: readonly Projection[]): Asked {
  if (process.argv[2] === '--compare') return { projections, compareOnly: true };
  const asked = projections.find(({ name }) => name === process.argv[2]);
  if (asked !== undefined) return { projections: [asked], compareOnly: false };
  const names = projections.map(({ name }) => name).join(', ');
  tell({ failed: `${service} has no such projection. It has: ${names}.` });
  process.exit(2);
}

/**
 * A rebuild in a process of its own, beside the running service or without it; `npm run rebuild -- capacity seat-board`
 * and the bench start it. It tells its parent how far it is: a line of JSON each.
 */
export async function runRebuildProgram(program: RebuildProgram, asked: Asked): Promise<void> {
  const { service, databaseUrl, openFeeds } = program;
  const pool = openPipelinedPool({ url: databaseUrl, name: `${service}-rebuild` });
  try {
    await migrate(databaseUrl, [Subscriptions1764000000002]);
    for (const projection of asked.projections) {
      const feeds = openFeeds(projection.sources);
      try {
        await run(pool, projection, feeds, asked.compareOnly);
      } finally {
        await Promise.all(feeds.map((feed) => feed.close()));
      }
    }
  } finally {
    await pool.end();
    if (process.connected) process.disconnect();
  }
}

async function run(pool: pg.Pool, projection: Projection, feeds: readonly Feed[], compareOnly: boolean): Promise<void> {
  const { name } = projection;
  try {
    const live = await prepare(pool, new Alarms(), projection, feeds);
    // Whoever wants to know what a rebuild takes weighs the process first
    if (process.send !== undefined) {
      process.send('ready');
      await new Promise((resolve) => process.once('message', resolve));
    }
    const onProgress = (progress: RebuildProgress) => tell({ projection: name, progress });
    const result = await rebuild(live, feeds, { compareOnly, onProgress });
    tell({ projection: name, result, ...(compareOnly && { parked: await listParked(pool, name) }) });
  } catch (thrown) {
    tell({ projection: name, failed: (thrown as Error).message });
    process.exitCode = 1;
  }
}
