import { EmbeddedFeed } from '#platform/feed/embedded-feed.js';
import { headCount } from '#platform/rehearsal/head-count.js';
import { RehearsalConsumer, until } from '#platform/rehearsal/rehearsal-consumer.js';
import type { RehearsalLog } from '#platform/rehearsal/rehearsal-log.js';
import pg from 'pg';
import type { Bench } from './bench.js';
import { paired } from './paired.js';
import { judge } from './result.js';
import { plainRead, storedEvents } from './stored-events.js';

const COUNT = 200_000;

/** A whole subscription, rows and positions in the consumer's database, against reading the events plainly. */
export const subscription: Bench = async function* ({ progress }) {
  const log = await storedEvents(COUNT, 2_000, progress);
  const plain = new pg.Pool({ connectionString: log.url, max: 1 });
  try {
    progress('subscription');
    const measured = await paired(
      () => plainRead(plain, COUNT),
      () => project(log),
    );
    yield judge(
      {
        bench: 'subscription',
        candidate: `${COUNT / 1000}k events over 2,000 streams into one row a stream`,
        baseline: 'plain keyset read',
        unit: 'events/s',
        limit: 0.4,
        direction: 'atLeast',
      },
      measured,
    );
  } finally {
    await plain.end();
    await log.close();
  }
};

async function project(log: RehearsalLog): Promise<number> {
  const consumer = await RehearsalConsumer.make();
  const feed = new EmbeddedFeed('reservations', { url: log.url, name: 'bench-feed' });
  const subscribed = await consumer.prepare(headCount(), feed);
  const start = performance.now();
  const following = await feed.follow(subscribed);
  await until(async () => {
    const { rows } = await consumer.pool.query<{ n: number }>('select sum(next_seq - 1)::float8 as n from position');
    return rows[0]!.n === COUNT;
  });
  const rate = (COUNT * 1000) / (performance.now() - start);
  await following.stop();
  const { rows } = await consumer.pool.query<{ n: number }>('select sum(events)::float8 as n from head_count.session');
  if (rows[0]!.n !== COUNT) throw new Error(`${rows[0]!.n} of ${COUNT} events were counted.`);
  await feed.close();
  await consumer.close();
  return rate;
}
