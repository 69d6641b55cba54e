import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { zipSync } from 'fflate';
import { Refusal } from '#kernel/refusal.js';
import type { Card } from '#office/card/card.js';
import type { CardProgress } from '#office/card/card-document.js';
import { CardPrinter } from '#office/card/card-printer.js';
import { NoticeTemplates } from '../template/notice-templates.js';
import type { BoundCards } from './card-run.js';
import { CardLayout } from './card-layout.js';
import type { DocumentName, PageCheck } from './document.row.js';
import { OfficeConverter } from './office-converter.js';
import { Spool } from './spool.js';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const PDF = 'application/pdf';
const ZIP = 'application/zip';

export interface Pressed {
  readonly contents: Uint8Array;
  readonly contentType: string;
  readonly pageCheck: PageCheck;
}

export interface Edition {
  readonly templateVersion: number;
  /** Civil date: by its settings the cards are laid out. */
  readonly day: string;
}

type Told = (progress: CardProgress) => void;

/** Makes documents in worker threads, and what only a word processor can, in LibreOffice. (§4.4, R022) */
@Injectable()
export class Press {
  constructor(
    @Inject(CardPrinter) private readonly printer: CardPrinter,
    @Inject(OfficeConverter) private readonly converter: OfficeConverter,
    @Inject(CardLayout) private readonly layout: CardLayout,
    @Inject(NoticeTemplates) private readonly templates: NoticeTemplates,
    @Inject(Spool) private readonly spool: Spool,
  ) {}

  /** @throws Refusal `converter-missing`, `pages-differ`, those of the printer */
  async make(name: DocumentName, { cards }: BoundCards, edition: Edition, told: Told): Promise<Pressed> {
    if (name === 'notices.pdf' && edition.templateVersion > 0) await this.converter.mustBeThere();
    return this.spool.inWorkFolder((folder) => {
      if (name === 'addresses.pdf') return this.addresses(cards, edition, folder, told);
      if (name === 'notices.docx') return this.docx(cards, edition, folder, told);
      return edition.templateVersion > 0
        ? this.rendered(cards, edition, folder, told)
        : this.sides(cards, edition, folder, told);
    });
  }

  /** The message side of a few cards, marked 見本 whatever the mark of the desk. */
  async proof(cards: readonly Card[], day: string): Promise<Pressed> {
    const settings = { ...(await this.layout.on(day)), mark: 'training' as const };
    return this.spool.inWorkFolder(async (folder) => {
      const file = await this.printer.writeNoticeSides(cards, settings, folder);
      return { contents: await readFile(join(folder, file.name)), contentType: PDF, pageCheck: 'notDone' };
    });
  }

  private async addresses(
    cards: readonly Card[],
    { day }: Edition,
    folder: string,
    onProgress: Told,
  ): Promise<Pressed> {
    const file = await this.printer.writeAddresses(cards, await this.layout.on(day), folder, { onProgress });
    return { contents: await readFile(join(folder, file.name)), contentType: PDF, pageCheck: 'notDone' };
  }

  private async sides(cards: readonly Card[], { day }: Edition, folder: string, onProgress: Told): Promise<Pressed> {
    const file = await this.printer.writeNoticeSides(cards, await this.layout.on(day), folder, { onProgress });
    return { contents: await readFile(join(folder, file.name)), contentType: PDF, pageCheck: 'notDone' };
  }

  /** One .docx; over 500 cards a zip of files of 500. */
  private async docx(cards: readonly Card[], edition: Edition, folder: string, onProgress: Told): Promise<Pressed> {
    const files = await this.merged(cards, edition, folder, onProgress);
    const parts = await Promise.all(files.map(async ({ name }) => [name, await readFile(join(folder, name))] as const));
    if (parts.length === 1) return { contents: parts[0]![1], contentType: DOCX, pageCheck: 'notDone' };
    return { contents: zipped(parts), contentType: ZIP, pageCheck: 'notDone' };
  }

  /** LibreOffice's rendering of the city's template, held against the number of cards. */
  private async rendered(cards: readonly Card[], edition: Edition, folder: string, told: Told): Promise<Pressed> {
    const files = await this.merged(cards, edition, folder, told);
    const parts: (readonly [string, Buffer])[] = [];
    let done = 0;
    for (const { name, cards: expected } of files) {
      const { bytes, pages } = await this.converter.toPdf(folder, name);
      if (pages !== expected) {
        throw new Refusal(
          'pages-differ',
          'conflict',
          `はがき${expected}枚が${pages}ページになりました。様式を直してください。`,
          {
            ...{ cards: expected, pages },
          },
        );
      }
      parts.push([name.replace(/\.docx$/, '.pdf'), bytes]);
      done += expected;
      told({ done, total: cards.length });
    }
    if (parts.length === 1) return { contents: parts[0]![1], contentType: PDF, pageCheck: 'ok' };
    return { contents: zipped(parts), contentType: ZIP, pageCheck: 'ok' };
  }

  private async merged(cards: readonly Card[], { templateVersion, day }: Edition, folder: string, onProgress: Told) {
    const template = await this.templates.load(templateVersion);
    return this.printer.writeNotices(cards, await this.layout.on(day), template, folder, { onProgress });
  }
}

/** Stored: what is inside is compressed already. */
function zipped(parts: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  return zipSync(Object.fromEntries(parts), { level: 0 });
}
