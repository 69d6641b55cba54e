import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { REBUILD_NODE } from '#platform/hosting/rebuild-node.js';
import pg from 'pg';
import type { Bench } from './bench.js';
import { boardEvents } from './board-events.js';
import { CapacityProcess } from './capacity-process.js';
import { residentSize } from './memory.bench.js';
import { paired } from './paired.js';
import { judge, judgeAmount } from './result.js';
import { plainRead } from './stored-events.js';

const COUNT = Number(process.env['BENCH_EVENTS'] ?? 1_000_000);
const MEGABYTES = 150;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);

interface Line {
  readonly failed?: string;
  readonly result?: { readonly events: number; readonly seconds: number; readonly equal?: boolean };
}

/**
 * The seat board of a running service built again from the first event, compared and swapped in, by a process of its
 * own: against plainly reading those events; and how far that process grows above its size before.
 */
export const rebuild: Bench = async function* ({ progress }) {
  const log = await boardEvents(COUNT, progress);
  const capacity = await CapacityProcess.start({ logUrl: log.url });
  const plain = new pg.Pool({ connectionString: log.url, max: 1 });
  const consumer = new pg.Pool({ connectionString: capacity.database.url, max: 1 });
  const sizes: number[] = [];
  try {
    progress('the service hears everything once');
    for (const end = Date.now() + 600_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 500))) {
      const { rows } = await consumer.query<{ n: number }>(
        'select coalesce(min(n), 0)::float8 as n from (select sum(next_seq - 1) as n from position group by subscription) s',
      );
      if (rows[0]!.n >= COUNT) break;
    }
    progress('rebuild');
    const measured = await paired(
      () => plainRead(plain, COUNT),
      async () => {
        const { rate, grown } = await rebuildOnce(capacity);
        sizes.push(grown);
        return rate;
      },
      ROUNDS,
    );
    const candidate = `seat board of ${COUNT.toLocaleString('en')} events, filled, compared and swapped`;
    yield judge(
      {
        bench: 'rebuild',
        candidate,
        baseline: 'plain keyset read',
        unit: 'events/s',
        limit: 0.4,
        direction: 'atLeast',
      },
      measured,
    );
    const claim = { bench: 'rebuild', candidate: 'the process, above idle', unit: 'MB' };
    yield judgeAmount({ ...claim, limit: MEGABYTES, direction: 'atMost' }, sizes);
  } finally {
    await Promise.all([plain.end(), consumer.end()]);
    await capacity.stop();
    await log.close();
  }
};

async function rebuildOnce(capacity: CapacityProcess): Promise<{ rate: number; grown: number }> {
  const child = capacity.beside('rebuild.main.js', REBUILD_NODE, 'seat-board');
  await once(child, 'message');
  const idle = await residentSize(child.pid!);
  let peak = idle;
  const watching = setInterval(() => {
    residentSize(child.pid!).then(
      (size) => (peak = Math.max(peak, size)),
      () => undefined,
    );
  }, 100);
  child.send('go');
  let outcome: Line = {};
  for await (const line of createInterface(child.stdout!)) outcome = JSON.parse(line) as Line;
  clearInterval(watching);
  const { result } = outcome;
  if (result === undefined) throw new Error(`The rebuild failed: ${outcome.failed}`);
  if (result.events !== COUNT || result.equal !== true)
    throw new Error(`Not the same board: ${JSON.stringify(result)}`);
  return { rate: result.events / result.seconds, grown: peak - idle };
}
