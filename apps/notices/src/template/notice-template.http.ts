import { createHash } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Inject, Post, Put, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Call } from '#contracts/access/call.js';
import { Refusal } from '#kernel/refusal.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { CommandRoute, QuestionRoute } from '#platform/hosting/route.js';
import { ApiProblems } from '#platform/service/problem-answer.js';
import { PreviewQuery, TemplateAccepted, TemplateQuery, TemplatesAnswer } from './notice-template.body.js';
import { UseNoticeTemplate } from './notice-template.commands.js';
import { NoticeTemplates } from './notice-templates.js';
import { TemplatePreviews } from './template-previews.js';
import { DOCX } from './template-upload.js';

const PDF = 'application/pdf';

/** 受講通知書の様式: the city's .docx, or the desk's own. (R022, §8.8) */
@ApiTags('notices')
@Controller('templates/notice')
export class NoticeTemplatesHttp {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(NoticeTemplates) private readonly templates: NoticeTemplates,
    @Inject(TemplatePreviews) private readonly previews: TemplatePreviews,
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
    const bytes = fileIn(content);
    const digest = createHash('sha256').update(bytes).digest('hex');
    const uploading = { ...call, body: { ...asked, digest } };
    return this.commands.execute(new UseNoticeTemplate(uploading, { bytes }, termId, agreementNumber));
  }

  /** The file as the body, or an accepted one by number, with the longest name and address there are; nothing of it is kept. */
  @Post('preview')
  @HttpCode(200)
  @ApiConsumes(DOCX)
  @ApiBody({ schema: { type: 'string', format: 'binary' }, required: false })
  @ApiProduces(DOCX, PDF)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiProblems({
    400: ['unreadable-file'],
    404: ['not-found'],
    409: ['converter-missing', 'pages-differ', 'posting-settings-missing'],
    413: ['body-too-large'],
    415: ['unsupported-media-type'],
    422: ['template-refused'],
    503: ['unavailable', 'disk-full'],
  })
  async preview(@Query() query: PreviewQuery, @Body() content: unknown, @Res() reply: FastifyReply): Promise<void> {
    const { templateVersion, as = 'docx' } = query;
    const source = templateVersion === undefined ? { bytes: fileIn(content) } : { templateVersion };
    const preview = await this.previews.of(source, as);
    await reply
      .header('content-type', as === 'pdf' ? PDF : DOCX)
      .header('content-disposition', `attachment; filename="preview.${as}"`)
      .send(Buffer.from(preview.buffer, preview.byteOffset, preview.byteLength));
  }
}

/** @throws Refusal `unreadable-file` when something else was sent than a file */
function fileIn(content: unknown): Buffer {
  if (Buffer.isBuffer(content)) return content;
  throw new Refusal('unreadable-file', 'invalid', `Send the file itself as ${DOCX}.`);
}
