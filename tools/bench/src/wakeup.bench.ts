import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { openPool } from '#platform/log/connection.js';
import { publishTypes } from '#platform/log/event-log.js';
import { KafkaRig } from '#platform/kafka/kafka-rig.js';
import { RehearsalConsumer } from '#platform/rehearsal/rehearsal-consumer.js';
import { RehearsalLog } from '#platform/rehearsal/rehearsal-log.js';
import { nameIn, on } from '#platform/rehearsal/small-session.js';
import { Wakeups } from '#platform/wakeup/wakeups.js';
import type { Bench } from './bench.js';
import { rawInsert } from './append-load.js';
import { atRate } from './load.js';
import { median, paired, quantile, type Paired } from './paired.js';
import { judge } from './result.js';

const RATE = 300;
/** Milliseconds: its slowest hundredth should be a dozen events, not the few behind a single pause of the machine. */
const SLICE = Number(process.env['BENCH_SLICE'] ?? 4_000);
/** Milliseconds of the same load before: a desk's processes have been at work for longer than their first seconds. */
const WARM = 15_000;
const PAUSE = 5;

export interface ListenerTask {
  readonly logUrl: string;
  readonly consumerUrl: string;
  readonly brokers?: readonly string[];
  readonly topicPrefix?: string;
}

/**
 * From the append to the row in another process's database, against raw commits at the same rate. The pause
 * between two NOTIFYs is taken off, as was agreed when every event waited for it; now few do, and with Kafka none.
 */
export const wakeup: Bench = async function* ({ progress, kafka }) {
  for (const [transport, p50, p99] of [
    ['embedded', 4, 3],
    ['Kafka', 8, 5],
  ] as const) {
    progress(`wake-up, ${transport}`);
    const { middle, tail } = await measure(transport === 'Kafka' ? await kafka() : undefined);
    const claim = {
      bench: 'wakeup',
      candidate: `${transport}, ${RATE} events/s, append to row visible, less ${PAUSE} ms`,
      unit: 'ms',
    };
    yield judge(
      { ...claim, candidate: `${claim.candidate}, p50`, baseline: 'raw commit p50', limit: p50, direction: 'atMost' },
      middle,
    );
    yield judge(
      { ...claim, candidate: `${claim.candidate}, p99`, baseline: 'raw commit p99', limit: p99, direction: 'atMost' },
      tail,
    );
  }
};

async function measure(brokers: readonly string[] | undefined): Promise<{ middle: Paired; tail: Paired }> {
  const log = await RehearsalLog.make();
  await publishTypes(log.pool, ['Opened', 'Reserved']);
  const consumer = await RehearsalConsumer.make();
  const rig = brokers && (await new KafkaRig(log, brokers).open());
  const wakeups = rig?.wakeups ?? new Wakeups({ url: log.url, name: 'bench-wakeups' });
  if (rig === undefined) await wakeups.open();
  const lanes = await log.openLanes({ onCommitted: () => wakeups.committed() });
  const pool = openPool({ url: log.url, name: 'bench-raw' }, 8);
  const raw = await rawInsert(pool);
  for (let p = 0; p < 8; p++) await lanes.submit(on(nameIn(p), { do: 'open', capacity: 1_000_000 }));
  const task: ListenerTask = {
    logUrl: log.url,
    consumerUrl: consumer.url,
    ...(rig && { brokers: rig.brokers, topicPrefix: rig.prefix }),
  };
  const child = fork(fileURLToPath(new URL('wakeup-listener.js', import.meta.url)), [JSON.stringify(task)]);
  try {
    await message(child);
    let turn = 0;
    const tails = { baseline: [] as number[], candidate: [] as number[] };
    const commits = async () => {
      const times: number[] = [];
      await atRate(RATE, SLICE, async () => {
        const start = performance.now();
        await raw();
        times.push(performance.now() - start);
      });
      tails.baseline.push(quantile(times, 0.99));
      return median(times);
    };
    const visible = async (milliseconds = SLICE) => {
      const sent = new Map<string, number>();
      await atRate(RATE, milliseconds, async () => {
        const person = `p${turn++}`;
        sent.set(person, Number(process.hrtime.bigint()) / 1e6);
        await lanes.submit(on(nameIn(turn % 8), { do: 'reserve', person }));
      });
      child.send(sent.size);
      const seen = (await message(child)) as [string, number][];
      const times = seen.filter(([person]) => sent.has(person)).map(([person, at]) => at - sent.get(person)! - PAUSE);
      if (times.length !== sent.size) throw new Error(`${times.length} of ${sent.size} events became visible.`);
      tails.candidate.push(quantile(times, 0.99));
      return median(times);
    };
    await visible(WARM);
    tails.candidate.pop();
    const middle = await paired(commits, () => visible());
    return { middle, tail: tailOf(tails) };
  } finally {
    child.kill();
    await rig?.close();
    if (rig === undefined) await wakeups.close();
    await pool.end();
    await consumer.close();
    await log.close();
  }
}

/** The same slices seen at their p99: `paired` ran baseline, candidate, and then rounds of four baselines and one candidate. */
function tailOf({ baseline, candidate }: { baseline: number[]; candidate: number[] }): Paired {
  const rounds = candidate.slice(1).map((measured, i) => ({ measured, around: baseline.slice(1 + i * 4, 5 + i * 4) }));
  return {
    ratios: rounds.map(({ measured, around }) => measured / ((around[0]! + around[1]!) / 2)),
    control: rounds.map(({ around }) => around[2]! / ((around[1]! + around[3]!) / 2)),
    candidate: candidate.slice(1),
    baseline: baseline.slice(1),
  };
}

function message(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`The listening process ended with ${code}.`)));
  });
}
