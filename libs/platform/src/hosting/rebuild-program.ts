import { openPipelinedPool } from '../log/connection.js';
import { migrate } from '../log/migrate.js';
import type { Feed } from '../feed/feed.js';
import { Alarms } from '../subscription/alarms.js';
import { rebuild } from '../subscription/rebuild.js';
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

/** The name on the command line, or the end of the process with the names there are. */
export function projectionAsked(service: string, projections: readonly Projection[]): Projection {
  const asked = projections.find(({ name }) => name === process.argv[2]);
  if (asked !== undefined) return asked;
  const names = projections.map(({ name }) => name).join(', ');
  tell({ failed: `${service} has no such projection. It has: ${names}.` });
  process.exit(2);
}

/**
 * A rebuild in a process of its own, beside the running service or without it; `npm run rebuild -- capacity seat-board`
 * and the bench start it. It tells its parent how far it is: a line of JSON each.
 */
export async function runRebuildProgram(program: RebuildProgram, projection: Projection): Promise<void> {
  const { service, databaseUrl, openFeeds } = program;
  const pool = openPipelinedPool({ url: databaseUrl, name: `${service}-rebuild` });
  const feeds = openFeeds(projection.sources);
  try {
    await migrate(databaseUrl, [Subscriptions1764000000002]);
    const live = await prepare(pool, new Alarms(), projection, feeds);
    // Whoever wants to know what a rebuild takes weighs the process first
    if (process.send !== undefined) {
      process.send('ready');
      await new Promise((resolve) => process.once('message', resolve));
    }
    tell({ result: await rebuild(live, feeds, { onProgress: (progress) => tell({ progress }) }) });
  } catch (thrown) {
    tell({ failed: (thrown as Error).message });
    process.exitCode = 1;
  } finally {
    await Promise.all(feeds.map((feed) => feed.close()));
    await pool.end();
    if (process.connected) process.disconnect();
  }
}
