// A rebuild in a process of its own, beside the running service or without it: `npm run rebuild -- capacity seat-board`
// and the bench start it. It tells its parent how far it is: a line of JSON each.
import { openPipelinedPool } from '#platform/log/connection.js';
import { migrate } from '#platform/log/migrate.js';
import { commonVariables, readSettingsOrExit } from '#platform/service/settings.js';
import { Alarms } from '#platform/subscription/alarms.js';
import { rebuild } from '#platform/subscription/rebuild.js';
import { Subscriptions1764000000002 } from '#platform/subscription/subscription.migration.js';
import { prepare } from '#platform/subscription/subscriptions.js';
import { hearingVariables, openFeed, SERVICE } from './app.module.js';
import { seatBoard } from './seat-board/seat-board.projector.js';
import { seatHistory } from './seat-history/seat-history.projector.js';

const tell = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const projection = [seatBoard, seatHistory].find(({ name }) => name === process.argv[2]);
if (projection === undefined) {
  tell({ failed: `capacity has no such projection. It has: ${seatBoard.name}, ${seatHistory.name}.` });
  process.exit(2);
}

const settings = readSettingsOrExit({ databaseUrl: commonVariables.databaseUrl, ...hearingVariables });
const url = settings.databaseUrl.reveal();
const pool = openPipelinedPool({ url, name: `${SERVICE}-rebuild` });
const feed = openFeed(settings);
try {
  await migrate(url, [Subscriptions1764000000002]);
  const live = await prepare(pool, new Alarms(), projection, [feed]);
  // Whoever wants to know what a rebuild takes weighs the process first
  if (process.send !== undefined) {
    process.send('ready');
    await new Promise((resolve) => process.once('message', resolve));
  }
  tell({ result: await rebuild(live, [feed], { onProgress: (progress) => tell({ progress }) }) });
} catch (thrown) {
  tell({ failed: (thrown as Error).message });
  process.exitCode = 1;
} finally {
  await feed.close();
  await pool.end();
  if (process.connected) process.disconnect();
}
