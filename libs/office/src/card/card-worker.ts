// The thread in which documents are made: one task after another, nothing kept between them but the fonts.
import { parentPort } from 'node:worker_threads';
import { Refusal } from '#kernel/refusal.js';
import { CardPress } from './card-press.js';
import type { CardTask, FromWorker } from './card-task.js';

const press = new CardPress();
const say = (message: FromWorker) => parentPort!.postMessage(message);

parentPort!.on('message', async (task: CardTask) => {
  let told = 0;
  try {
    const answer = await press.make(task, (done) => {
      const now = performance.now();
      if (now - told < 100) return;
      told = now;
      say({ done });
    });
    say({ answer });
  } catch (thrown) {
    if (thrown instanceof Refusal) {
      const { slug, kind, message, details } = thrown;
      say({ refusal: { slug, kind, message, details } });
    } else say({ failure: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
  }
});
