import { fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { RehearsalConsumer } from '#platform/rehearsal/rehearsal-consumer.js';
import { newId } from '#kernel/ids.js';
import type { Bench } from './bench.js';
import { judgeAmount } from './result.js';
import { storedEvents } from './stored-events.js';

const COUNT = 1_000_000;
const LIMIT = 100;

export interface MemoryTask {
  readonly role: 'relay' | 'project';
  readonly logUrl: string;
  readonly consumerUrl: string;
  readonly brokers: readonly string[];
  readonly topicPrefix: string;
}

/** A million events through relay, topic and projection, each side a process: how far each grows above its idle size. */
export const memory: Bench = async function* ({ progress, kafka }) {
  const brokers = await kafka();
  const log = await storedEvents(COUNT, 2_000, progress);
  const consumer = await RehearsalConsumer.make();
  try {
    const task = { logUrl: log.url, consumerUrl: consumer.url, brokers, topicPrefix: `${newId()}.` };
    for (const role of ['relay', 'project'] as const) {
      progress(`memory of the ${role} process over ${COUNT.toLocaleString('en')} events`);
      const ask =
        role === 'relay'
          ? 'select sum(next_seq - 1)::float8 as n from relay'
          : 'select sum(next_seq - 1)::float8 as n from position';
      const pool = role === 'relay' ? log.pool : consumer.pool;
      const done = async () => ((await pool.query<{ n: number | null }>(ask)).rows[0]!.n ?? 0) >= COUNT;
      const grown = await grownBy({ ...task, role }, done);
      yield judgeAmount(
        { bench: 'memory', candidate: `${role} process, above idle`, unit: 'MB', limit: LIMIT, direction: 'atMost' },
        [grown],
      );
    }
  } finally {
    await consumer.close();
    await log.close();
  }
};

async function grownBy(task: MemoryTask, done: () => Promise<boolean>): Promise<number> {
  const child = fork(fileURLToPath(new URL('memory-process.js', import.meta.url)), [JSON.stringify(task)]);
  try {
    await new Promise((resolve) => child.once('message', resolve));
    const idle = await residentSize(child.pid!);
    child.send('go');
    let peak = idle;
    const end = Date.now() + 600_000;
    for (;;) {
      peak = Math.max(peak, await residentSize(child.pid!));
      if (await done()) return peak - idle;
      if (Date.now() > end) throw new Error(`The ${task.role} process was not done after ten minutes.`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  } finally {
    child.kill();
  }
}

/** Megabytes in memory, as Linux counts them. */
export async function residentSize(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)![1]) / 1024;
}
