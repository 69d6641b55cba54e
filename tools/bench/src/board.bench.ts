import { openPool } from '#platform/log/connection.js';
import { rawInsert } from './append-load.js';
import type { Bench } from './bench.js';
import { BoardLoad } from './board-load.js';
import { atRate } from './load.js';
import { paired, quantile } from './paired.js';
import { judge } from './result.js';

const RATE = 100;
const SLICE = Number(process.env['BENCH_SLICE'] ?? 3_000);
const SESSIONS = 60;
const ROUNDS = 5;

/** From an accepted booking to the read of another service that shows it, at 100 bookings a second, against raw commits. */
export const board: Bench = async function* ({ progress, kafka }) {
  for (const [transport, limit] of [
    ['embedded', 4],
    ['Kafka', 6],
  ] as const) {
    progress(`board, ${transport}`);
    const load = await BoardLoad.open(SESSIONS, transport === 'Kafka' ? await kafka() : undefined);
    const pool = openPool({ url: load.log.url, name: 'bench-raw' }, 8);
    try {
      const raw = await rawInsert(pool);
      let turn = 0;
      const measured = await paired(
        () => tailOf(raw),
        async () => {
          const headers = await load.capacity.headers();
          const times: number[] = [];
          await atRate(RATE, SLICE, async () => {
            const sessionId = load.sessionIds[turn++ % SESSIONS]!;
            const position = await load.book(sessionId);
            const accepted = performance.now();
            const answer = await fetch(`${load.capacity.url}/capacity/sessions/${sessionId}`, {
              headers: { ...headers, 'uketsuke-wait-for': position },
            });
            await answer.text();
            if (!answer.ok) throw new Error(`The board answered ${answer.status}.`);
            times.push(performance.now() - accepted);
          });
          return quantile(times, 0.99);
        },
        ROUNDS,
      );
      const candidate = `${transport}, ${RATE} bookings/s, accepted to shown by the seat board, p99`;
      yield judge(
        { bench: 'board', candidate, baseline: 'raw commit p99', unit: 'ms', limit, direction: 'atMost' },
        measured,
      );
    } finally {
      await pool.end();
      await load.close();
    }
  }
};

async function tailOf(raw: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  await atRate(RATE, SLICE, async () => {
    const start = performance.now();
    await raw();
    times.push(performance.now() - start);
  });
  return quantile(times, 0.99);
}
