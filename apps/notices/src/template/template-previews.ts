import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { dateAt } from '#calendar/civil-time.js';
import { systemClock } from '#kernel/clock.js';
import { Refusal } from '#kernel/refusal.js';
import { CardPrinter } from '#office/card/card-printer.js';
import { longestCard } from '#office/card/longest-card.js';
import { templateRefusal, type NoticeTemplate } from '#office/card/notice-template.js';
import { examine } from '#office/card/template-doctor.js';
import { CardLayout } from '../document/card-layout.js';
import { OfficeConverter } from '../document/office-converter.js';
import { Spool } from '../document/spool.js';
import type { TemplateSource } from './notice-template.commands.js';
import { NoticeTemplates } from './notice-templates.js';

/** A template with the longest name, address and texts there are, marked 見本: nobody's, and looked at before it is used. (R022) */
@Injectable()
export class TemplatePreviews {
  constructor(
    @Inject(CardPrinter) private readonly printer: CardPrinter,
    @Inject(OfficeConverter) private readonly converter: OfficeConverter,
    @Inject(CardLayout) private readonly layout: CardLayout,
    @Inject(NoticeTemplates) private readonly templates: NoticeTemplates,
    @Inject(Spool) private readonly spool: Spool,
  ) {}

  /**
   * @param as the merged .docx, or LibreOffice's rendering of it
   * @throws Refusal `template-refused`, `not-found`, `converter-missing`, `pages-differ` when it takes more than its page
   */
  async of(source: TemplateSource, as: 'docx' | 'pdf'): Promise<Uint8Array> {
    const template = await this.load(source);
    if (as === 'pdf') await this.converter.mustBeThere();
    const settings = { ...(await this.layout.on(dateAt(systemClock.now()))), mark: 'training' as const };
    return this.spool.inWorkFolder(async (folder) => {
      const [file] = await this.printer.writeNotices([longestCard], settings, template, folder);
      if (as === 'docx') return readFile(join(folder, file!.name));
      const { bytes, pages } = await this.converter.toPdf(folder, file!.name);
      if (pages === 1) return bytes;
      throw new Refusal(
        'pages-differ',
        'conflict',
        `最も長い氏名・住所では${pages}ページになります。様式を直してください。`,
        {
          ...{ cards: 1, pages },
        },
      );
    });
  }

  private async load(source: TemplateSource): Promise<NoticeTemplate> {
    if ('templateVersion' in source) return this.templates.load(source.templateVersion);
    const examination = examine(source.bytes);
    if (examination.ok) return examination.template;
    throw templateRefusal(examination.refusals);
  }
}
