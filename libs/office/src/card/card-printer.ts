import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { draftName, removeStaleDrafts } from '../file/whole-file.js';
import type { Card } from './card.js';
import type { CardFile, CardRunOptions } from './card-document.js';
import type { CardSettings } from './card-settings.js';
import type { CardAnswers, CardTask } from './card-task.js';
import type { CardWarning } from './card-warning.js';
import type { NoticeTemplate } from './notice-template.js';
import { WorkerPool } from './worker-pool.js';

/** Of this process, in all its printers: their drafts are being written. */
const live = new Set<string>();
let runs = 0;

/**
 * Makes the documents of a batch in worker threads. Every file appears whole (written beside, synced, renamed) or not at
 * all; what a killed run left is removed by the next into the same folder.
 * @throws Refusal `card-fonts-missing`, `disk-full`, `cards-not-printable` (details: `warnings`)
 */
export class CardPrinter {
  private readonly pool: WorkerPool;

  /** @param threads most workers at once; they are started when needed and end when idle */
  constructor(threads = 1) {
    this.pool = new WorkerPool(threads);
  }

  /** Everything a person must look at before printing, measured with the real fonts on both sides; by card, in order. */
  async softProof(cards: readonly Card[], settings: CardSettings, run: CardRunOptions = {}): Promise<CardWarning[]> {
    return (await this.pool.run({ kind: 'softProof', cards, settings }, run)) as CardAnswers['softProof'];
  }

  /**
   * `notices.docx`, `notices-2.docx`, …: the city's template merged, 500 cards a file. The fonts are those of the word
   * processor, so no glyph is checked here: `softProof` has done it.
   */
  async writeNotices(
    cards: readonly Card[],
    settings: CardSettings,
    template: NoticeTemplate,
    folder: string,
    options: CardRunOptions = {},
  ): Promise<CardFile[]> {
    const task = (run: string) => ({ kind: 'notices', cards, settings, template, folder, run }) as const;
    const files = (await this.write('notices', task, folder, options)) as CardAnswers['notices'];
    await removeOthers(folder, files);
    return files;
  }

  /** `notices.pdf`: the message side by the desk's own layout, for printing without a word processor. */
  async writeNoticeSides(
    cards: readonly Card[],
    settings: CardSettings,
    folder: string,
    options: CardRunOptions = {},
  ): Promise<CardFile> {
    const task = (run: string) => ({ kind: 'noticeSides', cards, settings, folder, run }) as const;
    return (await this.write('notices', task, folder, options)) as CardAnswers['noticeSides'];
  }

  /** `addresses.pdf`: the address side (宛名面). */
  async writeAddresses(
    cards: readonly Card[],
    settings: CardSettings,
    folder: string,
    options: CardRunOptions = {},
  ): Promise<CardFile> {
    const task = (run: string) => ({ kind: 'addresses', cards, settings, folder, run }) as const;
    return (await this.write('addresses', task, folder, options)) as CardAnswers['addresses'];
  }

  /** Ends its workers; what they were making is not there. */
  async close(): Promise<void> {
    await this.pool.close();
  }

  /** @param stem of the names of its files */
  private async write(
    stem: string,
    task: (run: string) => CardTask,
    folder: string,
    options: CardRunOptions,
  ): Promise<unknown> {
    const run = `${process.pid}-${++runs}`;
    live.add(run);
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await removeStaleDrafts(folder, stem, live);
      return await this.pool.run(task(run), options);
    } catch (thrown) {
      await removeDraftsOf(folder, run);
      throw thrown;
    } finally {
      live.delete(run);
    }
  }
}

/** A thread that was ended in the middle does not clear up after itself. */
async function removeDraftsOf(folder: string, run: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const mine = names.filter((name) => name.endsWith(draftName('', run)));
  await Promise.all(mine.map((name) => rm(join(folder, name), { force: true })));
}

/** Parts of an earlier, larger batch. */
async function removeOthers(folder: string, files: readonly CardFile[]): Promise<void> {
  const parts = (await readdir(folder)).filter((name) => /^notices(?:-\d+)?\.docx$/.test(name));
  const other = parts.filter((name) => !files.some((file) => file.name === name));
  await Promise.all(other.map((name) => rm(join(folder, name))));
}
