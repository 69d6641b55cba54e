import { createHash } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { templateRefusal, type NoticeTemplate, type TemplateRemark } from '#office/card/notice-template.js';
import { examine } from '#office/card/template-doctor.js';
import { decided } from '#platform/hosting/decided.js';
import { Rows } from '#platform/hosting/rows.js';
import { Desk } from '../desk/desk.js';
import { templateStream } from '../desk/streams.js';
import { UseNoticeTemplate, type TemplateSource } from './notice-template.commands.js';
import { noticeTemplates } from './notice-template.decider.js';
import { choiceRow, templateRow } from './notice-template.row.js';
import { NoticeTemplates } from './notice-templates.js';

interface Looked {
  readonly template: NoticeTemplate;
  readonly templateVersion: number;
  readonly advice: readonly TemplateRemark[];
}

/** A .docx of the city that passes the doctor is used from now on; cards that are bound already keep theirs. (R022) */
@CommandHandler(UseNoticeTemplate)
export class UseNoticeTemplateHandler implements ICommandHandler<UseNoticeTemplate> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(Rows) private readonly rows: Rows,
    @Inject(NoticeTemplates) private readonly templates: NoticeTemplates,
  ) {}

  async execute({ call, source, termId, agreementNumber }: UseNoticeTemplate) {
    const { template, templateVersion, advice } = await this.look(source);
    const stream = templateStream(termId);
    const sha256 = createHash('sha256').update(template.bytes).digest('hex');
    const fields = [...template.fields];
    return this.desk.submit(call, {
      writes: [stream],
      decide: (states, now) => {
        const accepted = {
          ...{ templateVersion, sha256, fields },
          ...(termId !== undefined && { termId }),
          ...(agreementNumber !== undefined && { agreementNumber }),
        };
        const isEarlier = 'templateVersion' in source;
        const { events, after } = decided(noticeTemplates, { template: accepted, isEarlier }, states.of(stream));
        const { bytes } = template;
        const sides = [
          ...(isEarlier ? [] : [templateRow({ template_version: templateVersion, sha256, fields, bytes })]),
          choiceRow(termId, templateVersion, agreementNumber, now),
        ];
        return {
          events: [[stream, events]],
          sides: events.length === 0 ? [] : sides,
          answer: { templateVersion: after.inUse!.templateVersion, sha256, fields, advice: [...advice] },
        };
      },
    });
  }

  /** @throws Refusal `template-refused` with every reason; `not-found` */
  private async look(source: TemplateSource): Promise<Looked> {
    if ('templateVersion' in source) {
      const { templateVersion } = source;
      return { template: await this.templates.load(templateVersion), templateVersion, advice: [] };
    }
    const examination = examine(source.bytes);
    if (!examination.ok) throw templateRefusal(examination.refusals);
    const next = await this.rows.first<{ next: number }>(
      'template-version',
      `select nextval('template_version') as next`,
      [],
    );
    return { template: examination.template, templateVersion: next!.next, advice: examination.advice };
  }
}
