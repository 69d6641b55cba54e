import { openPool } from '#platform/log/connection.js';
import { RehearsalLog } from '#platform/rehearsal/rehearsal-log.js';
import { nameIn, on } from '#platform/rehearsal/small-session.js';
import type { Bench } from './bench.js';
import { appendLoad, rawInsert, SEALED } from './append-load.js';
import { perSecond } from './load.js';
import { median, paired } from './paired.js';
import { judge } from './result.js';

const SLICE = 700;
const RAW = 'raw single-row INSERT commits over 32 connections';

/** Appends through the lanes against raw commits, and one hot stream against the p50 of one. */
export const append: Bench = async function* ({ progress }) {
  const log = await RehearsalLog.make();
  await log.pool.query(`create table ${SEALED.name} (id uuid primary key, body bytea)`);
  const lanes = await log.openLanes();
  const pool = openPool({ url: log.url, name: 'bench-raw' }, 32);
  const raw = await rawInsert(pool);
  try {
    for (const [side, clients, limit] of [
      [false, 32, 1.5],
      [false, 128, 2.3],
      [true, 32, 1.2],
      [true, 128, 1.9],
    ] as const) {
      progress(`append with ${clients} clients${side ? ' and a sealed row each' : ''}`);
      const load = appendLoad(lanes, side);
      const measured = await paired(
        () => perSecond(32, SLICE, raw),
        () => perSecond(clients, SLICE, load),
      );
      const candidate = `lanes, 500-byte events${side ? ', 300-byte side row each' : ''}`;
      yield judge(
        { bench: 'append', candidate, baseline: RAW, clients, unit: 'commits/s', limit, direction: 'atLeast' },
        measured,
      );
    }
    progress('one hot stream');
    let turn = 0;
    const rush = async () => {
      const times: number[] = [];
      for (let i = 0; i < 10; i++) {
        const name = nameIn(turn % 8, turn++);
        await lanes.submit(on(name, { do: 'open', capacity: 30 }));
        const start = performance.now();
        const answers = await Promise.allSettled(
          Array.from({ length: 128 }, (_, n) => lanes.submit(on(name, { do: 'reserve', person: `p${n}` }))),
        );
        times.push(performance.now() - start);
        const accepted = answers.filter(({ status }) => status === 'fulfilled').length;
        if (accepted !== 30) throw new Error(`${accepted} of 30 seats were given.`);
      }
      return median(times);
    };
    const one = async () => {
      const times: number[] = [];
      for (let i = 0; i < 100; i++) {
        const start = performance.now();
        await raw();
        times.push(performance.now() - start);
      }
      return median(times);
    };
    const claim = {
      bench: 'append',
      candidate: 'one hot stream: 128 commands at once, 30 accepted, all answered',
      unit: 'ms',
      clients: 128,
    };
    yield judge({ ...claim, baseline: 'p50 of a raw commit', limit: 30, direction: 'atMost' }, await paired(one, rush));
  } finally {
    await pool.end();
    await log.close();
  }
};
