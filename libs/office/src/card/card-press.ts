import { Writable } from 'node:stream';
import { FontChain } from '../font/font-chain.js';
import { writeWhole } from '../file/whole-file.js';
import { addressSide, fixedAddressSide } from '../print/address-side.js';
import { CardPdf } from '../print/card-pdf.js';
import { fixedNoticeSide, noticeSide } from '../print/notice-side.js';
import type { SidePlan } from '../print/side-plan.js';
import { NoticeMerge } from '../template/notice-merge.js';
import type { Card } from './card.js';
import type { CardFile } from './card-document.js';
import type { CardSettings } from './card-settings.js';
import type { CardTask } from './card-task.js';
import { notPrintable, planWarnings, softProof } from './soft-proof.js';

const CARDS_A_FILE = 500;
/** Cards between two looks at what else the thread has to do. */
const STRIDE = 20;

type Told = (done: number) => void;
type Side = (card: Card) => SidePlan;

/** Makes one document after another, in whatever thread it stands. */
export class CardPress {
  private readonly fonts = new FontChain();

  async make(task: CardTask, told: Told): Promise<unknown> {
    if (task.kind === 'softProof') return softProof(task.cards, task.settings, this.fonts, told);
    if (task.kind === 'notices') return this.notices(task, told);
    const side = this.sideOf(task.kind, task.settings);
    return task.kind === 'noticeSides'
      ? this.pdf(task, 'notices.pdf', '受講通知書', 'notice', side, told)
      : this.pdf(task, 'addresses.pdf', '宛名面', 'address', side, told);
  }

  private sideOf(kind: 'noticeSides' | 'addresses', settings: CardSettings): Side {
    if (kind === 'addresses') {
      const fixed = fixedAddressSide(settings, this.fonts);
      return (card) => addressSide(card, settings, this.fonts, fixed);
    }
    const fixed = fixedNoticeSide(settings, this.fonts);
    return (card) => noticeSide(card, settings, this.fonts, fixed);
  }

  private async notices(task: CardTask & { kind: 'notices' }, told: Told): Promise<CardFile[]> {
    const { cards, settings, folder, run } = task;
    const merge = await NoticeMerge.of(task.template);
    const files: CardFile[] = [];
    for (let from = 0; from < Math.max(1, cards.length); from += CARDS_A_FILE) {
      const part = cards.slice(from, from + CARDS_A_FILE);
      const name = files.length === 0 ? 'notices.docx' : `notices-${files.length + 1}.docx`;
      const written = await writeWhole(folder, name, run, async (sink) => {
        for (const piece of merge.merge(part, settings)) await sink.write(piece);
      });
      files.push({ ...written, cards: part.length });
      told(from + part.length);
    }
    return files;
  }

  /** Every card is planned even when one cannot be printed, so that all of those are named at once. */
  private async pdf(
    { cards, folder, run }: CardTask & { kind: 'noticeSides' | 'addresses' },
    name: string,
    title: string,
    side: 'notice' | 'address',
    planOf: Side,
    told: Told,
  ): Promise<CardFile> {
    const written = await writeWhole(folder, name, run, async (sink) => {
      const out = new Writable({
        highWaterMark: 1 << 20,
        write: async (piece: Buffer, _encoding, done) => {
          try {
            await sink.write(piece);
            done();
          } catch (thrown) {
            done(thrown as Error);
          }
        },
      });
      const finished = new Promise<void>((resolve, reject) => out.once('finish', resolve).once('error', reject));
      finished.catch(() => {}); // awaited below; a disk may fill up before
      const pdf = new CardPdf(out, title);
      const warnings = [];
      for (const [index, card] of cards.entries()) {
        const plan = planOf(card);
        warnings.push(...planWarnings(plan, index, card, side, this.fonts));
        if (warnings.length === 0) pdf.page(plan);
        if (index % STRIDE === STRIDE - 1) {
          told(index + 1);
          await drained(out, pdf);
        }
      }
      if (warnings.length > 0) throw notPrintable(warnings);
      pdf.end();
      await finished;
    });
    return { ...written, cards: cards.length };
  }
}

/** Waits for the disk, so that pages do not pile up in memory. */
async function drained(out: Writable, pdf: CardPdf): Promise<void> {
  do {
    await new Promise((resolve) => setImmediate(resolve));
    if (out.errored !== null) throw out.errored;
  } while (pdf.backlog > 1 << 20);
}
