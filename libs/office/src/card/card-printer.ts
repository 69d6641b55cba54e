import type { Card } from './card.js';
import type { CardFile, CardRunOptions } from './card-document.js';
import type { CardSettings } from './card-settings.js';
import type { CardWarning } from './card-warning.js';
import type { NoticeTemplate } from './notice-template.js';

/**
 * Makes the documents of a batch in worker threads. Every file appears whole (written beside, synced, renamed) or not at
 * all; what a killed run left is removed by the next into the same folder.
 * @throws Refusal `card-fonts-missing`, `disk-full`, `cards-not-printable`
 */
export class CardPrinter {
  /** @param threads most workers at once; they are started when needed and end when idle */
  constructor(readonly threads = 1) {}

  /** Everything a person must look at before printing, measured with the real fonts on both sides; by card, in order. */
  async softProof(_cards: readonly Card[], _settings: CardSettings, _run?: CardRunOptions): Promise<CardWarning[]> {
    throw new Error('Not built yet.');
  }

  /** `notices.docx`, `notices-2.docx`, …: the city's template merged, 500 cards a file. */
  async writeNotices(
    _cards: readonly Card[],
    _settings: CardSettings,
    _template: NoticeTemplate,
    _folder: string,
    _run?: CardRunOptions,
  ): Promise<CardFile[]> {
    throw new Error('Not built yet.');
  }

  /** `notices.pdf`: the message side by the desk's own layout, for printing without a word processor. */
  async writeNoticeSides(
    _cards: readonly Card[],
    _settings: CardSettings,
    _folder: string,
    _run?: CardRunOptions,
  ): Promise<CardFile> {
    throw new Error('Not built yet.');
  }

  /** `addresses.pdf`: the address side (宛名面). */
  async writeAddresses(
    _cards: readonly Card[],
    _settings: CardSettings,
    _folder: string,
    _run?: CardRunOptions,
  ): Promise<CardFile> {
    throw new Error('Not built yet.');
  }

  /** Ends its workers. */
  async close(): Promise<void> {}
}
