import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { residentSize } from './memory.bench.js';

export interface CardsProcessTask {
  readonly document: 'notices' | 'addresses';
  readonly count: number;
}

const TIMES = 3;

/** How far a process that makes a document grows above its size before it has made any, megabytes; some processes. */
export async function memoryOfCards(document: CardsProcessTask['document'], count: number): Promise<number[]> {
  const grown: number[] = [];
  for (let time = 0; time < TIMES; time++) grown.push(await grownBy({ document, count }));
  return grown;
}

async function grownBy(task: CardsProcessTask): Promise<number> {
  const child = fork(fileURLToPath(new URL('cards-process.js', import.meta.url)), [JSON.stringify(task)]);
  const heard = (word: string) =>
    new Promise<void>((resolve, reject) => {
      child.on('message', (message) => message === word && resolve());
      child.once('exit', (code) => reject(new Error(`The process ended with ${code}.`)));
    });
  let done = false;
  try {
    await heard('ready');
    const idle = await residentSize(child.pid!);
    let peak = idle;
    const end = heard('done').finally(() => (done = true));
    child.send('go');
    while (!done) {
      peak = Math.max(peak, await residentSize(child.pid!));
      await Promise.race([end, new Promise((resolve) => setTimeout(resolve, 10))]);
    }
    await end;
    return peak - idle;
  } finally {
    child.removeAllListeners('exit');
    child.kill();
  }
}
