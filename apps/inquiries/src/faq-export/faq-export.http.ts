import { Controller, Get, Headers, Inject, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { paperFile } from '#office/report/paper-file.js';
import { bookFile } from '#office/workbook/book-file.js';
import { ApiProblems } from '#platform/service/problem-answer.js';
import { WAIT_FOR_HEADER } from '#platform/subscription/position-token.js';
import { DatabaseMark } from '../desk/database-mark.js';
import { DOCX, XLSX } from '../desk/file-upload.js';
import { FaqShelf } from '../faq/faq-shelf.js';
import { faqBook, faqPaper, type FaqDocument } from './faq-document.js';

const PROBLEMS = {
  400: ['invalid-body', 'invalid-position'],
  401: ['not-signed-in'],
  403: ['forbidden'],
  503: ['not-yet', 'unavailable'],
} as const;

const file = (type: string) => ({ content: { [type]: { schema: { type: 'string', format: 'binary' } } } });

/** ＦＡＱ（最新版）: a deliverable, with its change log. It holds no personal data. (R052, specification 9(3)) */
@ApiTags('faq')
@Controller('faq')
export class FaqExportHttp {
  constructor(
    @Inject(FaqShelf) private readonly shelf: FaqShelf,
    @Inject(DatabaseMark) private readonly mark: DatabaseMark,
  ) {}

  @Get('export.xlsx')
  @ApiOkResponse(file(XLSX))
  @ApiProblems(PROBLEMS)
  async book(@Res() reply: FastifyReply, @Headers(WAIT_FOR_HEADER) position?: string) {
    await send(reply, XLSX, 'faq.xlsx', await bookFile(faqBook(await this.document(position))));
  }

  @Get('export.docx')
  @ApiOkResponse(file(DOCX))
  @ApiProblems(PROBLEMS)
  async paper(@Res() reply: FastifyReply, @Headers(WAIT_FOR_HEADER) position?: string) {
    await send(reply, DOCX, 'faq.docx', await paperFile(faqPaper(await this.document(position))));
  }

  private async document(position: string | undefined): Promise<FaqDocument> {
    const all = await (await this.shelf.upTo(position)).list();
    const versions = await this.shelf.versions(all.map(({ id }) => id));
    const entries = all.filter(({ state }) => state.published !== undefined);
    return { entries, all, versions, at: Date.now(), specimen: this.mark.specimen };
  }
}

async function send(reply: FastifyReply, type: string, name: string, content: Buffer): Promise<void> {
  await reply
    .header('content-type', type)
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(content);
}
