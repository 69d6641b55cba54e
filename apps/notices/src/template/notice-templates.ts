import { Inject, Injectable } from '@nestjs/common';
import type { NoticeTemplate } from '#office/card/notice-template.js';
import { defaultNoticeTemplate } from '#office/template/default-template.js';
import { Refusal } from '#kernel/refusal.js';
import { Rows } from '#platform/hosting/rows.js';
import { EVERY_TERM, type TemplateRow } from './notice-template.row.js';

export interface Choice {
  readonly termId?: string;
  readonly templateVersion: number;
  readonly agreementNumber?: string;
  /** Epoch milliseconds. */
  readonly chosenAt: number;
}

/** Templates of the card, by term. Version 0 is the desk's own. (R022, §8.8) */
@Injectable()
export class NoticeTemplates {
  private own: Promise<NoticeTemplate> | undefined;

  constructor(@Inject(Rows) private readonly rows: Rows) {}

  /** Of the term, else what is used for all that have none of their own, else the desk's. */
  async versionOf(termId: string): Promise<number> {
    const found = await this.rows.all<{ term_id: string; template_version: number }>(
      'template-of-term',
      'select term_id, template_version from template_choice where term_id = any ($1)',
      [[termId, EVERY_TERM]],
    );
    const own = found.find(({ term_id }) => term_id === termId) ?? found[0];
    return own?.template_version ?? 0;
  }

  /** @throws Refusal `not-found` */
  async load(version: number): Promise<NoticeTemplate> {
    // Once a process: it takes longer to make than a health check may wait
    if (version === 0) return (this.own ??= defaultNoticeTemplate());
    const row = await this.rows.first<TemplateRow>(
      'template',
      'select * from notice_template where template_version = $1',
      [version],
    );
    if (row === undefined) throw new Refusal('not-found', 'not-found', 'There is no such template.', { version });
    return { bytes: row.bytes, fields: row.fields };
  }

  async choices(): Promise<Choice[]> {
    const rows = await this.rows.all<{
      term_id: string;
      template_version: number;
      agreement_number: string | null;
      chosen_at: number;
    }>('template-choices', 'select * from template_choice order by chosen_at desc');
    return rows.map(({ term_id, template_version: templateVersion, agreement_number, chosen_at: chosenAt }) => ({
      ...(term_id !== EVERY_TERM && { termId: term_id }),
      ...{ templateVersion, chosenAt },
      ...(agreement_number !== null && { agreementNumber: agreement_number }),
    }));
  }

  /** Newest first. */
  async versions(): Promise<Omit<TemplateRow, 'bytes'>[]> {
    return this.rows.all('templates', 'select template_version, sha256, fields from notice_template order by template_version desc'); // prettier-ignore
  }
}
