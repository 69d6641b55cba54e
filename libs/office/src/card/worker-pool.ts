import { Worker } from 'node:worker_threads';
import { Refusal } from '#kernel/refusal.js';
import type { CardRunOptions } from './card-document.js';
import type { CardTask, FromWorker } from './card-task.js';

/** Kept for the next document; then its memory is given back. */
const IDLE = 20_000;
/** Of JavaScript objects; fonts lie beside. A document that needs more ends its thread, not the service. */
const HEAP_MB = 512;

interface Waiting {
  start(worker: Worker): void;
}

/** A few threads that make documents; more tasks than threads wait their turn. */
export class WorkerPool {
  private readonly idle = new Map<Worker, NodeJS.Timeout>();
  private readonly waiting: Waiting[] = [];
  private readonly all = new Set<Worker>();
  private closed = false;

  constructor(private readonly threads: number) {}

  /** @throws Refusal of the task; the signal's reason when it was ended */
  async run(task: CardTask, { onProgress, signal }: CardRunOptions): Promise<unknown> {
    signal?.throwIfAborted();
    const worker = await this.take(signal);
    const total = task.cards.length;
    let healthy = false;
    let stop = () => {};
    try {
      onProgress?.({ done: 0, total });
      const answer = await new Promise<unknown>((resolve, reject) => {
        const abort = () => reject(signal!.reason as Error);
        const exit = () => reject(new Error('The thread that made the document ended.'));
        const hear = (message: FromWorker) => {
          if ('done' in message) return onProgress?.({ done: message.done, total });
          healthy = !('failure' in message);
          if ('answer' in message) resolve(message.answer);
          else if ('refusal' in message) reject(refusalOf(message.refusal));
          else reject(new Error(message.failure));
        };
        signal?.addEventListener('abort', abort, { once: true });
        worker.on('message', hear).once('error', reject).once('exit', exit);
        stop = () => {
          signal?.removeEventListener('abort', abort);
          worker.off('message', hear).off('error', reject).off('exit', exit);
        };
        worker.postMessage(task);
      });
      onProgress?.({ done: total, total });
      return answer;
    } finally {
      stop();
      if (healthy && !this.closed) this.give(worker);
      else await this.end(worker);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.all].map((worker) => this.end(worker)));
  }

  private async take(signal: AbortSignal | undefined): Promise<Worker> {
    if (this.closed) throw new Error('The printer is closed.');
    const [idle] = this.idle.keys();
    if (idle !== undefined) {
      clearTimeout(this.idle.get(idle));
      this.idle.delete(idle);
      idle.ref();
      return idle;
    }
    if (this.all.size < this.threads) return this.make();
    return new Promise((resolve, reject) => {
      const waiting = { start: resolve };
      this.waiting.push(waiting);
      signal?.addEventListener('abort', () => {
        const at = this.waiting.indexOf(waiting);
        if (at === -1) return;
        this.waiting.splice(at, 1);
        reject(signal.reason as Error);
      });
    });
  }

  private give(worker: Worker): void {
    const next = this.waiting.shift();
    if (next !== undefined) return next.start(worker);
    worker.unref();
    this.idle.set(worker, setTimeout(() => void this.end(worker), IDLE).unref());
  }

  private async end(worker: Worker): Promise<void> {
    clearTimeout(this.idle.get(worker));
    this.idle.delete(worker);
    this.all.delete(worker);
    await worker.terminate();
    if (!this.closed && this.waiting.length > 0 && this.all.size < this.threads)
      this.waiting.shift()!.start(this.make());
  }

  private make(): Worker {
    // Under the specs there is no build, and the thread reads the sources as the specs do.
    const source = import.meta.url.endsWith('.ts');
    const worker = new Worker(new URL(source ? './card-worker.ts' : './card-worker.js', import.meta.url), {
      execArgv: source ? ['--import', new URL('../../../../tools/source.js', import.meta.url).href] : [],
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    worker.on('error', () => this.all.delete(worker)); // one that ends while idle is not used again
    this.all.add(worker);
    return worker;
  }
}

function refusalOf({ slug, kind, message, details }: Extract<FromWorker, { refusal: unknown }>['refusal']): Refusal {
  return new Refusal(slug, kind, message, details);
}
