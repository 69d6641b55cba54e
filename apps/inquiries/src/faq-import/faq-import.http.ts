import { createHash } from 'node:crypto';
import { Body, Controller, Headers, Inject, Post, Query } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { Call } from '#contracts/access/call.js';
import { unreadableFile } from '#office/reading/grid.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { CommandRoute } from '#platform/hosting/route.js';
import type { Accepted } from '#platform/lane/lane-command.js';
import { CSV, DOCX, XLSX } from '../desk/file-upload.js';
import { readFaqFile, type FaqForm } from './faq-file.js';
import { FaqImportAnswer, FaqImportQuery } from './faq-import.body.js';
import { FaqImport } from './faq-import.js';

const FORMS: readonly (readonly [type: string, form: FaqForm])[] = [
  [XLSX, 'xlsx'],
  [DOCX, 'docx'],
  [CSV, 'csv'],
];

@ApiTags('faq')
@Controller('faq/import')
export class FaqImportHttp {
  constructor(@Inject(FaqImport) private readonly imports: FaqImport) {}

  /** The city's FAQ as the body: .xlsx, the tables of a .docx, or .csv; at most 5 MB. Everything becomes a draft. (R018) */
  @Post()
  @ApiConsumes(XLSX, DOCX, CSV)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @CommandRoute(FaqImportAnswer, {
    400: ['unreadable-file', 'invalid-faq'],
    409: ['confirmation-outdated'],
    413: ['file-too-large', 'body-too-large'],
    415: ['unsupported-media-type'],
  })
  async import(
    @CurrentCall() call: Call,
    @Query() { dryRun, confirm }: FaqImportQuery,
    @Headers('content-type') contentType: string | undefined,
    @Body() content: unknown,
  ): Promise<Accepted<FaqImportAnswer>> {
    const form = FORMS.find(([type]) => contentType?.startsWith(type))?.[1];
    if (!Buffer.isBuffer(content) || form === undefined) {
      throw unreadableFile(`Send the file itself as ${XLSX}, ${DOCX} or ${CSV}.`);
    }
    const file = await readFaqFile(content, form);
    if (dryRun !== undefined && dryRun !== 'false') return this.imports.preview(file);
    const digest = createHash('sha256').update(content).digest('hex');
    return this.imports.import({ ...call, body: { digest, confirm: confirm ?? null } }, file, confirm);
  }
}
