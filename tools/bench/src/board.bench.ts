import { openPool } from '#platform/log/connection.js';
import { rawInsert } from './append-load.js';
import type { Bench } from './bench.js';
import { BoardLoad } from './board-load.js';
import { atRate } from './load.js';
import { KeepAlive } from './keep-alive.js';
import { paired, quantile } from './paired.js';
import { judge } from './result.js';

const RATE = 100;
/** Milliseconds: eight hundred bookings, so that a slice's slowest hundredth is not two of them behind one pause. */
const SLICE = Number(process.env['BENCH_SLICE'] ?? 8_000);
/** Milliseconds of the same load before: code that has run a few hundred times only is not what a desk works with. */
const WARM = 15_000;
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
    const client = new KeepAlive(load.capacity.url, 64);
    const pool = openPool({ url: load.log.url, name: 'bench-raw' }, 8);
    try {
      const raw = await rawInsert(pool);
      let turn = 0;
      const shown = async (milliseconds: number) => {
        const headers = await load.capacity.headers();
        const times: number[] = [];
        await atRate(RATE, milliseconds, async () => {
          const sessionId = load.sessionIds[turn++ % SESSIONS]!;
          const position = await load.book(sessionId);
          const accepted = performance.now();
          const { status } = await client.get(`/capacity/sessions/${sessionId}`, {
            ...headers,
            'uketsuke-wait-for': position,
          });
          if (status !== 200) throw new Error(`The board answered ${status}.`);
          times.push(performance.now() - accepted);
        });
        return quantile(times, 0.99);
      };
      progress('a service that has been at work for a while');
      await shown(WARM);
      const measured = await paired(
        () => tailOf(raw),
        () => shown(SLICE),
        ROUNDS,
      );
      const candidate = `${transport}, ${RATE} bookings/s, accepted to shown by the seat board, p99`;
      yield judge(
        { bench: 'board', candidate, baseline: 'raw commit p99', unit: 'ms', limit, direction: 'atMost' },
        measured,
      );
    } finally {
      client.close();
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
