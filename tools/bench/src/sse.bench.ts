import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Bench } from './bench.js';
import { BoardLoad } from './board-load.js';
import { atRate } from './load.js';
import { paired, quantile } from './paired.js';
import { judge } from './result.js';
import { Screens } from './sse-screens.js';

const SCREENS = Number(process.env['BENCH_SCREENS'] ?? 150);
const CHANGES = Number(process.env['BENCH_CHANGES'] ?? 200);
const ROUNDS = 5;
/** Rounds before: code that has run a few hundred times only is not what a desk works with. */
const WARM = 6;
/** Changes a second: as fast as they can be told, or as a busy desk makes them. */
const PACES = [
  ['at once', 1_000_000],
  ['at 100/s', 100],
] as const;

/**
 * From the moment somebody books to every screen: through log, projection and stream, against a bare server that is
 * handed the finished text. A change counts when each of the screens has it.
 */
export const sse: Bench = async function* ({ progress }) {
  const load = await BoardLoad.open(CHANGES);
  const bare = fork(fileURLToPath(new URL('sse-bare.js', import.meta.url)));
  const onBoard = new Screens((block) => /"sessionId":"([^"]+)"/.exec(block)?.[1]);
  const onBare = new Screens((block) => /change (\d+)/.exec(block)?.[1]);
  try {
    const [port] = (await once(bare, 'message')) as [number];
    progress(`${SCREENS} screens`);
    await onBoard.open(SCREENS, `${load.capacity.url}/capacity/live`, await load.capacity.headers());
    await onBare.open(SCREENS, `http://127.0.0.1:${port}`, {});
    const padding = 'x'.repeat(560);
    const tellBare = (nth: number) => {
      bare.send(`event: session\nid: ${nth}\ndata: {"change ${nth}":"${padding}"}\n\n`);
      return String(nth);
    };
    const book = (nth: number) => {
      void load.book(load.sessionIds[nth]!);
      return load.sessionIds[nth]!;
    };
    progress('servers that have been at work for a while');
    for (let i = 0; i < WARM; i++) {
      await spread(onBare, 100, tellBare);
      await spread(onBoard, 100, book);
    }
    for (const [pace, rate] of PACES) {
      progress(`sse, ${CHANGES} changes ${pace}`);
      const measured = await paired(
        () => spread(onBare, rate, tellBare),
        () => spread(onBoard, rate, book),
        ROUNDS,
      );
      const candidate = `${SCREENS} screens x ${CHANGES} changes ${pace}, booked to shown, p99`;
      yield judge(
        { bench: 'sse', candidate, baseline: 'bare SSE server p99', unit: 'ms', limit: 3, direction: 'atMost' },
        measured,
      );
    }
  } finally {
    onBoard.close();
    onBare.close();
    bare.kill();
    await load.close();
  }
};

/** Milliseconds within which 99 of 100 arrivals came. */
async function spread(screens: Screens, rate: number, change: (nth: number) => string): Promise<number> {
  screens.begin();
  const sent = new Map<string, number>();
  let nth = 0;
  await atRate(rate, (CHANGES * 1_000) / rate, async () => {
    const start = performance.now();
    sent.set(change(nth++), start);
  });
  const arrivals = await screens.all(CHANGES);
  return quantile(
    [...arrivals].flatMap(([key, times]) => times.map((time) => time - sent.get(key)!)),
    0.99,
  );
}
