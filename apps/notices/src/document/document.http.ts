import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Call } from '#contracts/access/call.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { ApiProblems } from '#platform/service/problem-answer.js';
import type { DocumentName } from './document.row.js';
import { Documents } from './documents.js';

const PROBLEMS = {
  401: ['not-signed-in'],
  403: ['forbidden'],
  404: ['not-found'],
  409: [
    ...['batch-not-approved', 'batch-empty', 'batch-posted', 'converter-missing', 'pages-differ'],
    'posting-settings-missing',
  ],
  410: ['term-erased'],
  422: ['cards-not-printable'],
  503: ['not-yet', 'unavailable', 'disk-full', 'card-fonts-missing'],
} as const;

/** What is printed: made once the batch is approved, for handlers only; the first to ask has it made. (§4.4) */
@ApiTags('notices')
@Controller('notices/batches/:batchId')
export class DocumentsHttp {
  constructor(@Inject(Documents) private readonly documents: Documents) {}

  /** The template merged; over 500 cards a zip of files of 500. */
  @Get('notices.docx')
  @ApiProduces('application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/zip')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiProblems(PROBLEMS)
  docx(@CurrentCall() call: Call, @IdParam('batchId') batchId: string, @Res() reply: FastifyReply) {
    return this.send(call, batchId, 'notices.docx', reply);
  }

  /** The message side: by the city's template as LibreOffice renders it, else by the desk's own layout. */
  @Get('notices.pdf')
  @ApiProduces('application/pdf', 'application/zip')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiProblems(PROBLEMS)
  pdf(@CurrentCall() call: Call, @IdParam('batchId') batchId: string, @Res() reply: FastifyReply) {
    return this.send(call, batchId, 'notices.pdf', reply);
  }

  /** 宛名面 */
  @Get('addresses.pdf')
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiProblems(PROBLEMS)
  addresses(@CurrentCall() call: Call, @IdParam('batchId') batchId: string, @Res() reply: FastifyReply) {
    return this.send(call, batchId, 'addresses.pdf', reply);
  }

  /** A sample and every card with a warning, marked 見本, for who approves. */
  @Get('proof.pdf')
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiProblems(PROBLEMS)
  async proof(@CurrentCall() call: Call, @IdParam('batchId') batchId: string, @Res() reply: FastifyReply) {
    const { contents, contentType } = await this.documents.proof(batchId, askingBy(call));
    return answer(reply, 'proof.pdf', contentType, contents);
  }

  private async send(call: Call, batchId: string, name: DocumentName, reply: FastifyReply) {
    const { row, contents } = await this.documents.get(batchId, name, askingBy(call));
    return answer(reply, name, row.content_type, contents);
  }
}

function askingBy({ caller, callerToken }: Call) {
  return { caller, callerToken };
}

async function answer(reply: FastifyReply, name: string, contentType: string, contents: Uint8Array): Promise<void> {
  const file = contentType === 'application/zip' ? `${name}.zip` : name;
  await reply
    .header('content-type', contentType)
    .header('content-disposition', `attachment; filename="${file}"`)
    .header('cache-control', 'no-store')
    .send(Buffer.from(contents.buffer, contents.byteOffset, contents.byteLength));
}
