import { createHash } from 'node:crypto';
import { Body, Controller, Get, Inject, Put, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { Call } from '#contracts/access/call.js';
import { Refusal } from '#kernel/refusal.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { CommandRoute, QuestionRoute } from '#platform/hosting/route.js';
import { TemplateAccepted, TemplateQuery, TemplatesAnswer } from './notice-template.body.js';
import { UseNoticeTemplate } from './notice-template.commands.js';
import { NoticeTemplates } from './notice-templates.js';
import { DOCX } from './template-upload.js';

/** 受講通知書の様式: the city's .docx, or the desk's own. (R022, §8.8) */
@ApiTags('notices')
@Controller('templates/notice')
export class NoticeTemplatesHttp {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(NoticeTemplates) private readonly templates: NoticeTemplates,
  ) {}

  @Get()
  @QuestionRoute(TemplatesAnswer)
  async read(): Promise<TemplatesAnswer> {
    const [choices, versions] = await Promise.all([this.templates.choices(), this.templates.versions()]);
    return {
      inUse: choices.map(({ chosenAt, ...choice }) => ({ ...choice, chosenAt: new Date(chosenAt).toISOString() })),
      versions: versions.map(({ template_version: templateVersion, sha256, fields }) => ({
        ...{ templateVersion, sha256, fields: [...fields] },
      })),
    };
  }

  /** The file as the body, at most 5 MB; or, without one, an earlier version by its number. */
  @Put()
  @ApiConsumes(DOCX)
  @ApiBody({ schema: { type: 'string', format: 'binary' }, required: false })
  @CommandRoute(TemplateAccepted, {
    400: ['unreadable-file'],
    404: ['not-found'],
    413: ['body-too-large'],
    415: ['unsupported-media-type'],
    422: ['template-refused', 'agreement-needed'],
  })
  use(@CurrentCall() call: Call, @Query() query: TemplateQuery, @Body() content: unknown) {
    const { termId, templateVersion, agreementNumber } = query;
    const asked = { termId: termId ?? null, agreementNumber: agreementNumber ?? null };
    if (templateVersion !== undefined) {
      const earlier = { ...call, body: { ...asked, templateVersion } };
      return this.commands.execute(new UseNoticeTemplate(earlier, { templateVersion }, termId, agreementNumber));
    }
    if (!Buffer.isBuffer(content)) {
      throw new Refusal('unreadable-file', 'invalid', `Send the file itself as ${DOCX}.`);
    }
    const digest = createHash('sha256').update(content).digest('hex');
    const uploading = { ...call, body: { ...asked, digest } };
    return this.commands.execute(new UseNoticeTemplate(uploading, { bytes: content }, termId, agreementNumber));
  }
}
