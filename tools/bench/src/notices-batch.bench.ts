import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Card } from '#office/card/card.js';
import type { CardSettings } from '#office/card/card-settings.js';
import { CardPrinter } from '#office/card/card-printer.js';
import { madeUpCards, madeUpSettings } from '#office/rehearsal/made-up-cards.js';
import { defaultNoticeTemplate } from '#office/template/default-template.js';
import type { Bench } from './bench.js';
import { NoticesDesk } from './notices-desk.js';
import { median, paired } from './paired.js';
import { judge, judgeAmount } from './result.js';

const CARDS = 450;
const ROUNDS = 5;

/**
 * From 450 bookings to a batch that is prepared with its soft proof, approved and rendered, against the merge and the PDF
 * alone in a thread of the same kind; and how long a health check waits meanwhile. (issue 4)
 */
export const noticesBatch: Bench = async function* ({ progress }) {
  progress('notices-batch: starting the services');
  const desk = await NoticesDesk.open();
  const folder = await mkdtemp(join(tmpdir(), 'uketsuke-bench-cards-'));
  const printer = new CardPrinter();
  try {
    progress(`notices-batch: ${CARDS} bookings`);
    const sessionId = await desk.book(CARDS);
    const cards: readonly Card[] = madeUpCards(CARDS);
    const settings: CardSettings = madeUpSettings;
    const template = await defaultNoticeTemplate();
    const alone = async () => {
      const start = performance.now();
      await printer.writeNotices(cards, settings, template, folder);
      await printer.writeAddresses(cards, settings, folder);
      return performance.now() - start;
    };
    const waits: number[] = [];
    const whole = async () => {
      const start = performance.now();
      const watching = desk.watchHealth();
      const batchId = await desk.render(sessionId, CARDS);
      const took = performance.now() - start;
      waits.push(await watching.stop());
      await desk.sendBack(batchId);
      return took;
    };
    progress('notices-batch');
    const measured = await paired(alone, whole, ROUNDS);
    yield judge(
      {
        bench: 'notices-batch',
        candidate: `${CARDS} bookings: prepared with soft proof, approved, notices.docx and addresses.pdf handed out`,
        baseline: 'the merge and the PDF alone',
        unit: 'ms',
        limit: 3,
        direction: 'atMost',
      },
      measured,
    );
    yield judgeAmount(
      {
        bench: 'notices-batch',
        candidate: 'the slowest of the health checks every 20 ms meanwhile',
        unit: 'ms',
        limit: 100,
        direction: 'atMost',
        p99: Math.max(...waits),
      },
      [median(waits)],
    );
  } finally {
    await printer.close();
    await desk.close();
    await rm(folder, { recursive: true, force: true });
  }
};
